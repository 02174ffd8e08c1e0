/**
 * Names of places that occur as tags: countries, their regions and people, and cities where much music is
 * made.
 */

import { foldMarks } from '../text.ts';
import { codeOf } from './country.ts';

/**
 * Cities of Bandcamp's artist map (Components, 175 places) and others known for their music; no names that
 * are words or styles.
 */
const CITIES = `
Aarhus, Aberdeen, Abidjan, Accra, Adelaide, Albany, Albuquerque, Alexandria, Algiers, Almaty, Amsterdam,
Anchorage, Ankara, Ann Arbor, Antwerp, Arnhem, Asheville, Athens, Atlanta, Auckland, Augsburg, Austin,
Bakersfield, Baku, Baltimore, Bandung, Bangalore, Bengaluru, Bangkok, Barcelona, Bari, Basel, Baton Rouge,
Beijing, Beirut, Belfast, Belgrade, Bellingham, Belo Horizonte, Bergen, Berkeley, Berlin, Bern, Bialystok,
Bielefeld, Bilbao, Birmingham, Bloomington, Bochum, Bogota, Boise, Bologna, Bonn, Bordeaux, Boston, Boulder,
Bournemouth, Bradford, Brasília, Bratislava, Braunschweig, Bremen, Brescia, Brest, Brighton, Brisbane,
Bristol, Brno, Brooklyn, Brussels, Bucharest, Budapest, Buenos Aires, Buffalo, Burlington, Busan, Cairo,
Calgary, Cali, Cambridge, Canberra, Canterbury, Cape Town, Caracas, Cardiff, Casablanca, Catania,
Chapel Hill, Charleston, Charlotte, Chattanooga, Chelyabinsk, Chemnitz, Chengdu, Chennai, Chiang Mai,
Chicago, Christchurch, Cincinnati, Cleveland, Cluj-Napoca, Cologne, Colorado Springs, Columbia SC, Columbus,
Compton, Copenhagen, Córdoba, Corpus Christi, Coventry, Cracow, Kraków, Curitiba, Dakar, Dallas, Darmstadt,
Dayton, Delhi, New Delhi, Denton, Denver, Des Moines, Detroit, Dijon, Dnipro, Donostia, Dortmund, Dresden,
Dubai, Dublin, Duluth, Dundee, Dunedin, Durban, Durham, Düsseldorf, Edinburgh, Edmonton, Eindhoven, El Paso,
Erfurt, Eugene, Exeter, Fargo, Florence, Florianópolis, Fort Worth, Fortaleza, Frankfurt, Frankfurt am Main,
Freiburg, Fresno, Fukuoka, Gainesville, Galway, Gdańsk, Geneva, Genoa, Ghent, Glasgow, Gothenburg, Göteborg,
Göttingen, Granada, Grand Rapids, Graz, Grenoble, Groningen, Guadalajara, Guangzhou, Guayaquil, Guelph,
Haarlem, Hackney, Haifa, Halifax, Halle, Hamburg, Hamilton, Hanoi, Hanover, Hannover, Harare, Havana,
Heidelberg, Helsinki, Hiroshima, Ho Chi Minh City, Saigon, Hobart, Honolulu, Houston, Huddersfield, Hull,
Ibiza, Indianapolis, Innsbruck, Iowa City, Istanbul, Ithaca, Jacksonville, Jakarta, Jena, Jersey City,
Jerusalem, Johannesburg, Kalamazoo, Kampala, Kansas City, Karlsruhe, Kassel, Katowice, Kaunas, Kazan,
Kharkiv, Kyiv, Kiev, Kiel, Kingston, Kinshasa, Knoxville, Kobe, Kolkata, Kortrijk, Košice, Krasnodar,
Kuala Lumpur, Kyoto, La Paz, Lafayette, Lagos, Lahore, Lancaster, Lansing, Las Vegas, Lausanne, Lawrence,
Leeds, Leicester, Leipzig, Leuven, Lexington, Liège, Lille, Lima, Limerick, Lincoln, Linz, Lisbon, Lisboa,
Little Rock, Liverpool, Ljubljana, Łódź, London, Long Beach, Los Angeles, Louisville, Luanda, Lübeck,
Lublin, Lucerne, Lviv, Lyon, Madison, Madrid, Mainz, Málaga, Malmö, Manchester, Manila, Mannheim, Maputo,
Marrakech, Marseille, Medellín, Melbourne, Memphis, Mérida, Mexico City, CDMX, Ciudad de México, Miami,
Milan, Milano, Milton Keynes, Milwaukee, Minneapolis, Minsk, Missoula, Monterrey, Montevideo, Montpellier,
Montreal, Moscow, Mumbai, Munich, München, Münster, Nagoya, Nairobi, Nantes, Naples, Napoli, Nashville,
New Haven, New Orleans, New York, New York City, Newark, Newcastle, Newcastle upon Tyne, Newport, Nijmegen,
Norfolk, Northampton, Norwich, Nottingham, Novosibirsk, Nuremberg, Nürnberg, Oakland, Odesa, Odessa,
Oklahoma City, Oldenburg, Olympia, Omaha, Orlando, Osaka, Oslo, Ottawa, Oxford, Padova, Palermo, Paris,
Perth, Perugia, Philadelphia, Phoenix, Pittsburgh, Plymouth, Porto, Porto Alegre, Portland, Portsmouth,
Potsdam, Poznań, Prague, Praha, Preston, Providence, Puebla, Quebec City, Queens, Quito, Raleigh, Ramallah,
Recife, Reims, Rennes, Reno, Reykjavík, Richmond, Riga, Rimini, Rio de Janeiro, Rochester, Rome, Roma,
Rosario, Rostock, Rotterdam, Rouen, Sacramento, Saint-Étienne, Saint Petersburg, St. Petersburg,
Saint-Petersburg, Salford, Salt Lake City, Salvador, Salzburg, San Antonio, San Diego, San Francisco,
San Jose, San Juan, San Luis Potosí, San Sebastián, Santa Barbara, Santa Cruz, Santa Fe, Santiago,
Santiago de Chile, Sao Paulo, Sapporo, Sarajevo, Saskatoon, Savannah, Seattle, Seoul, Sevilla, Seville,
Shanghai, Sheffield, Shenzhen, Singapore, Skopje, Sofia, Southampton, Spokane, Springfield, St. Louis,
Saint Louis, St. Paul, Stockholm, Strasbourg, Stuttgart, Surabaya, Sydney, Syracuse, Szczecin, Tacoma,
Taipei, Tallahassee, Tallinn, Tampa, Tampere, Tartu, Tbilisi, Tehran, Tel Aviv, Tel Aviv-Yafo, The Hague,
Den Haag, Thessaloniki, Tijuana, Tilburg, Tokyo, Toledo, Toronto, Toulouse, Trieste, Trondheim, Tucson,
Tulsa, Turin, Torino, Turku, Umeå, Uppsala, Utrecht, Valencia, Valparaíso, Vancouver, Venice, Verona,
Victoria BC, Vienna, Wien, Vilnius, Warsaw, Warszawa, Washington DC, Washington D.C., Weimar, Wellington,
Wilmington, Winnipeg, Wolverhampton, Worcester, Wrocław, Wuhan, Wuppertal, Yekaterinburg, Yerevan,
Yogyakarta, York, Zagreb, Zaragoza, Zürich, Zurich, Staten Island, Bronx, The Bronx, Manhattan, Harlem,
Long Island, Hollywood, Cambridge MA, East London, South London, 東京, 大阪, 京都, 札幌, 福岡, 名古屋, 北京, 上海, 台北, 香港,
서울, 부산, Москва, Санкт-Петербург, Київ, Минск, Αθήνα, Θεσσαλονίκη, A Coruña, La Coruña, Abu Dhabi,
Addis Ababa, Aguascalientes, Ahmedabad, Aix-en-Provence, Alicante, Almería, Amiens, Amman, Anaheim, Ancona,
Angers, Annecy, Antalya, Antananarivo, Antofagasta, Antwerpen, Aracaju, Arequipa, Astana, Asunción, Avignon,
Baghdad, Ballarat, Bamako, Bariloche, Barranquilla, Bayonne, Belém, Bergamo, Besançon, Bielsko-Biała,
Bishkek, Blackpool, Bolzano, Braga, Bridgetown, Brno, Brugge, Bruges, Brüssel, Bruxelles, Brussel,
Bucaramanga, Burgos, Bursa, Bydgoszcz, Byron Bay, Caen, Cagliari, Campinas, Cancún, Cartagena, Cebu,
Cebu City, Cedar Rapids, Chambéry, Champaign, Charleroi, Charlottesville, Cheltenham, Chernivtsi, Chihuahua,
Chisinau, Chișinău, Chongqing, Clermont-Ferrand, Cluj, Cochabamba, Coimbra, Colchester, Cotonou, Cuernavaca,
Culiacán, Cusco, Cádiz, Daegu, Daejeon, Damascus, Dar es Salaam, Davao, Daytona Beach, Denpasar, Derry,
Dhaka, Doha, Douala, Ensenada, Falmouth, Fayetteville, Ferrara, Firenze, Flagstaff, Fort Collins,
Fort Lauderdale, Fort Wayne, Fremantle, Fullerton, Gdynia, Geelong, Genova, Genève, Gent, Gijón, Girona,
Gliwice, Gloucester, Goiânia, Gold Coast, Gomel, Greensboro, Greenville, Grodno, Guatemala City, Gwangju,
Hangzhou, Harrisburg, Hartford, Hebden Bridge, Helsingfors, Heraklion, Hermosillo, Hoboken, Hsinchu, Hué,
Huntsville, Incheon, Inverness, Ioannina, Ipswich, Irkutsk, Isfahan, Islamabad, Ivano-Frankivsk, Iași,
Izmir, Jeddah, Johor Bahru, Joshua Tree, João Pessoa, Jyväskylä, Kaliningrad, Kanazawa, Kaohsiung, Karachi,
Kathmandu, Kelowna, Khartoum, Kigali, Kitchener, Klaipėda, Köln, Kumamoto, Kunming, Kuwait City, København,
La Plata, La Rochelle, Las Palmas, Launceston, Le Havre, Le Mans, Leamington Spa, Lecce, Limoges, Livorno,
Lleida, Logroño, Lomé, Londrina, Lorient, Lubbock, Lusaka, Luton, Maceió, Makati, Malang, Managua, Manaus,
Mar del Plata, Margate, Maribor, Mashhad, Medan, Mendoza, Metz, Mexicali, Middlesbrough, Mississauga,
Modena, Modesto, Moncton, Morelia, Mulhouse, Muncie, Murcia, Murfreesboro, Muscat, Namur, Nanaimo, Nanjing,
Neuquén, Niamey, Niigata, Niterói, Nizhny Novgorod, Novi Sad, Nîmes, Odense, Okayama, Olomouc, Omsk,
Orléans, Ostrava, Ouagadougou, Oulu, Oviedo, Padua, Palma de Mallorca, Pamplona, Panama City, Parma,
Pasadena, Patras, Penang, Pensacola, Peoria, Perpignan, Pescara, Peterborough, Phnom Penh, Pisa, Plovdiv,
Plzeň, Poitiers, Port-au-Prince, Port of Spain, Pretoria, Provo, Pune, Qingdao, Querétaro, Quezon City,
Quimper, Rabat, Ravenna, Reggio Emilia, Rijeka, Riyadh, Roanoke, Rockford, Rosario, Rostov-on-Don, Roubaix,
Sabadell, Saint-Nazaire, Saitama, Salamanca, Salerno, San Bernardino, San Marcos, San Salvador,
Sankt Gallen, St. Gallen, Santa Ana, Santa Cruz de la Sierra, Santa Rosa, Santander, Santiago de Compostela,
Santo Domingo, Sarasota, Saratov, Scranton, Sendai, Sherbrooke, Shizuoka, Shreveport, Sopot, South Bend,
Stavanger, Stockport, Stoke-on-Trent, Sudbury, Sunderland, Swansea, Swindon, Szeged, Tabriz, Taichung,
Tainan, Tangier, Tarragona, Tashkent, Tauranga, Tegucigalpa, Tempe, Tenerife, Terrassa, Thunder Bay,
Tianjin, Timișoara, Todmorden, Tomsk, Topeka, Toruń, Toulon, Trento, Treviso, Trois-Rivières, Tromsø,
Tucumán, Tunis, Tyumen, Uberlândia, Udine, Ulaanbaatar, Valladolid, Vientiane, Vigo, Vicenza, Viña del Mar,
Vinnytsia, Vitebsk, Vitória, Vitoria-Gasteiz, Vladivostok, Voronezh, Waco, Wichita, Windhoek, Winterthur,
Wollongong, Wrexham, Xalapa, Yangon, Yaoundé, Yokohama, Yonkers, Youngstown, Ypsilanti, Zadar, Zaporizhzhia,
Århus, 横浜, 神戸, 仙台, 広島, 広州, 成都, 高雄, 인천, 대구, Новосибирск, Екатеринбург, Казань, Харків, Львів, Одеса, Минск,
Мінск, Београд, София, תל אביב, ירושלים, القاهرة, بيروت, กรุงเทพ`;

/** States, provinces, counties and parts of the world; and the short names that people use. */
const REGIONS = `
Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho,
Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota,
Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, North Carolina,
North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee,
Texas, Utah, Vermont, Virginia, Washington, Washington State, West Virginia, Wisconsin, Wyoming,
Upstate New York, Northern California, Southern California, Pacific Northwest, PNW, New England, Midwest,
Bay Area, SF Bay Area, East Bay, Appalachia, Twin Cities, Western Massachusetts, South Florida,
Hudson Valley, Inland Empire, Orange County, Silicon Valley, Ontario, Quebec, British Columbia, Alberta,
Manitoba, Saskatchewan, Nova Scotia, New Brunswick, Newfoundland, Yukon, New South Wales, NSW, Queensland,
Tasmania, Western Australia, South Australia, Northern Territory, Vancouver Island, Yorkshire,
West Yorkshire, South Yorkshire, Lancashire, Cornwall, Devon, Dorset, Somerset, Kent, Sussex, East Sussex,
Essex, Suffolk, Cumbria, Cheshire, Merseyside, Midlands, West Midlands, East Midlands, East Anglia,
Northumberland, Wiltshire, Hampshire, Hertfordshire, Derbyshire, Greater Manchester, Tyne and Wear,
Shropshire, Lincolnshire, Gloucestershire, Oxfordshire, Surrey, South Wales, North Wales,
Scottish Highlands, Isle of Wight, Bavaria, Bayern, Saxony, Sachsen, Thuringia, Hessen, NRW,
Nordrhein-Westfalen, Brandenburg, Ruhrgebiet, Ruhrpott, Niedersachsen, Schleswig-Holstein, Rheinland-Pfalz,
Sachsen-Anhalt, Baden-Württemberg, Saarland, Tyrol, Tirol, Styria, Brittany, Bretagne, Normandy, Normandie,
Occitanie, Provence, Alsace, Auvergne, Île-de-France, Aquitaine, Nouvelle-Aquitaine, Lorraine, Rhône-Alpes,
Hauts-de-France, Corsica, Corse, Pays de la Loire, Wallonia, Wallonie, Flanders, Vlaanderen, Catalonia,
Catalunya, Cataluña, Basque Country, Euskadi, Euskal Herria, País Vasco, Galicia, Andalusia, Andalucía,
Asturias, Mallorca, Canary Islands, Balearic Islands, Comunidad Valenciana, Madeira, Azores, Açores,
Algarve, Tuscany, Toscana, Lombardy, Lombardia, Piedmont, Piemonte, Sicily, Sicilia, Sardinia, Sardegna,
Veneto, Puglia, Emilia-Romagna, Campania, Calabria, Liguria, Friuli, Lapland, Lappland, Skåne, Gotland,
Jutland, Transylvania, Siberia, Crimea, Crete, Silesia, Moravia, Hokkaido, Okinawa, Kansai, Kanto, Tibet,
Kerala, Punjab, Kashmir, Java, Bali, Borneo, Sumatra, Jalisco, Oaxaca, Yucatán, Nuevo León, Baja California,
Chiapas, Veracruz, Minas Gerais, Bahia, Paraná, Rio Grande do Sul, Pernambuco, Santa Catarina, Patagonia,
Africa, Asia, Europe, Oceania, North America, South America, Latin America, Central America, America Latina,
Latinoamérica, Americas, Eastern Europe, Western Europe, Northern Europe, Southern Europe, Central Europe,
Southeast Asia, East Asia, South Asia, Middle East, West Africa, East Africa, North Africa, Central Africa,
Southern Africa, Maghreb, Sahel, Sahara, Caribbean, West Indies, Scandinavia, Nordic Countries, Baltics,
Balkans, Caucasus, Mediterranean, Polynesia, Melanesia, Antilles, Iberia, Kurdistan, Yugoslavia,
Soviet Union, USSR, East Germany, DDR, Antarctica, Arctic, UK, U.K., US, U.S., USA, U.S.A., UAE, EU, NYC,
N.Y.C., NY, L.A., SF, DC, D.C., NOLA, Philly, PDX, ATX, RVA, SoCal, NorCal, STL, PGH, ATL, DMV, NJ,
New York State, BK, Brum, Palestine, Tokio, Türkei, West Coast, East Coast, Gulf Coast, Deep South,
Great Lakes, Quad Cities, Rust Belt, High Desert, Central Valley, Lehigh Valley, South Jersey,
Central Florida, North Texas, Central Texas, South Texas, Western New York, Upper Peninsula, Ozarks,
Cascadia, South East Asia, Latinamerica, Francophonie, Benelux, Mitteleuropa, Baltic, Levant,
Yorkshire and the Humber, East Midlands UK, Home Counties, North East England, North West England,
South West England, West Country, Black Country`;

/**
 * Of countries and peoples: where music is from, not what it is. Those that are Bandcamp's genres (african,
 * brazilian, celtic) or name a kind of music are not here.
 */
const DEMONYMS = `
American, British, English, Scottish, Welsh, Cornish, Irish, German, Deutsch, Deutsche, Austrian,
Österreichisch, Swiss, Schweizer, French, Français, Française, Francophone, Belgian, Belge, Dutch,
Nederlands, Nederlandse, Flemish, Luxembourgish, Spanish, Español, Española, Portuguese, Português,
Portuguesa, Italian, Italiano, Italiana, Sardinian, Sicilian, Neapolitan, Maltese, Greek, Ελληνικά, Cypriot,
Turkish, Türkçe, Polish, Polski, Polska, Polskie, Czech, Český, Česká, Slovak, Slovenský, Hungarian, Magyar,
Romanian, Românesc, Moldovan, Bulgarian, Български, Serbian, Srpski, Croatian, Hrvatski, Bosnian, Slovenian,
Slovenski, Slovene, Macedonian, Montenegrin, Albanian, Russian, Русский, Русская, Russkiy, Ukrainian,
Український, Українська, Belarusian, Беларускі, Lithuanian, Latvian, Estonian, Eesti, Finnish, Suomalainen,
Swedish, Svensk, Svenska, Norwegian, Norsk, Danish, Dansk, Icelandic, Íslensk, Íslenskt, Faroese, Nordic,
Scandinavian, Catalan, Català, Basque, Euskara, Galician, Galego, Breton, Bavarian, Israeli, Ivrit,
Lebanese, Palestinian, Syrian, Jordanian, Iraqi, Iranian, Egyptian, Moroccan, Algerian, Tunisian, Libyan,
Sudanese, Ethiopian, Eritrean, Somali, Kenyan, Ugandan, Tanzanian, Rwandan, Congolese, Angolan, Mozambican,
Zambian, Zimbabwean, South African, Namibian, Malagasy, Nigerian, Ghanaian, Senegalese, Malian, Gambian,
Ivorian, Cameroonian, Cape Verdean, Armenian, Georgian, Azerbaijani, Kurdish, Afghan, Uzbek, Kazakh,
Mongolian, Indian, Pakistani, Bangladeshi, Nepali, Nepalese, Sri Lankan, Tibetan, Chinese, 中文, Taiwanese,
Japanese, 日本語, Korean, 한국어, Vietnamese, Thai, Cambodian, Burmese, Malaysian, Singaporean, Indonesian,
Filipino, Pinoy, Australian, Aussie, Kiwi, Canadian, Québécois, Quebecois, Texan, Californian, Alaskan,
Mexican, Mexicano, Mexicana, Guatemalan, Costa Rican, Cuban, Jamaican, Haitian, Dominican, Puerto Rican,
Trinidadian, Colombian, Colombiano, Colombiana, Venezuelan, Venezolano, Ecuadorian, Ecuatoriano, Peruvian,
Peruano, Peruana, Bolivian, Boliviano, Chilean, Chileno, Chilena, Argentine, Argentinian, Argentino,
Argentina, Uruguayan, Uruguayo, Paraguayan, Latin American, Latinoamericano, Latinoamericana, European,
Asian, Oceanian, Middle Eastern`;

/**
 * Japan's prefectures, regions, and places of its cities' scenes, as pages write them: also with what they
 * are behind them (東京都, 横浜市, 渋谷区). Names of two letters each, as most of Japan's are.
 */
const JAPANESE = `
日本国 にほん にっぽん ニッポン 東京 大阪 京都 北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 神奈川 新潟 富山 石川 福井
山梨 長野 岐阜 静岡 愛知 三重 滋賀 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎
鹿児島 沖縄 関西 関東 九州 四国 東北 近畿 札幌 仙台 横浜 川崎 名古屋 神戸 金沢 松本 浜松 那覇 渋谷 新宿 下北沢 高円寺 吉祥寺 秋葉原 池袋
とうきょう おおさか きょうと トーキョー オオサカ キョウト`
  .trim()
  .split(/\s+/);
const japanese = new Set(JAPANESE);

/** "東京都", "大阪府", "沖縄県", "横浜市", "渋谷区": a Japanese name, and what it is. */
const isJapanese = (key: string): boolean =>
  japanese.has(key) || japanese.has(key.replace(/[都府県市区]$/, ''));

/** A place's spelling for comparing: without case, marks, points and "the". */
export const placeKey = (text: string): string =>
  foldMarks(text)
    .replace(/[.’']/g, '')
    .replace(/[\s\p{Pd}_,]+/gu, ' ')
    .trim()
    .replace(/^the /, '');

const known = new Set([CITIES, REGIONS, DEMONYMS].flatMap(names => names.split(',')).map(placeKey));
known.delete('');

const towns = new Set([CITIES, REGIONS].flatMap(names => names.split(',')).map(placeKey));
towns.delete('');

/**
 * Whether a text names a city or a region, and not a people: "berlin", "north carolina", "Portland, Oregon".
 */
export const isKnownTown = (text: string): boolean =>
  towns.has(placeKey(text)) ||
  isJapanese(placeKey(text)) ||
  (text.includes(',') && isKnownPlace(text) && towns.has(placeKey(text.split(',', 1)[0] ?? '')));

/** What stands behind a city in American, Canadian and Australian addresses. */
const CODES = new Set(
  `al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh
  ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc ab bc mb nb nl ns on pe qc sk nsw qld vic tas act uk usa
  us`.split(/\s+/),
);

/** Codes and short words of Latin letters ("CD", "in") are no names; 日本 and США are. */
const isCountryName = (text: string): boolean =>
  (text.trim().length > 3 || !/\p{Script=Latin}/u.test(text)) && codeOf(text) !== null;

const isName = (key: string): boolean => known.has(key) || isJapanese(key) || isCountryName(key);

/**
 * Whether a text, by itself, names a place or its people: "berlin", "São Paulo", "United Kingdom", "London,
 * UK", "austin tx", "icelandic", but no code ("CD" is no Congo), and no place that is better known as a word
 * (Bath, Nice): those the page's own place tells.
 */
export function isKnownPlace(text: string): boolean {
  if (isName(placeKey(text)) || isCountryName(text)) return true;
  const parts = text.split(',');
  if (parts.length > 1 && parts.length < 5 && parts.every(part => part.trim() && isKnownPlace(part)))
    return true;
  return isWithin(placeKey(text).split(' '));
}

/** "austin tx", "berlin germany": a place and, behind it, what it lies in. */
const isWithin = (words: readonly string[]): boolean =>
  words.length < 7 &&
  words.some((_, at) => {
    const rest = words.slice(at).join(' ');
    return at > 0 && (CODES.has(rest) || isName(rest)) && known.has(words.slice(0, at).join(' '));
  });
