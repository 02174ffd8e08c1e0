/** Names of places that occur as tags: countries, their regions, and cities where much music is made. */
import { codeOf } from './country.ts';
import { foldMarks } from './text.ts';

/** Cities of Bandcamp's artist map (Components, 175 places) and others known for their music; no names that are words or styles. */
const CITIES = `
Aarhus, Aberdeen, Abidjan, Accra, Adelaide, Albany, Albuquerque, Alexandria, Algiers, Almaty, Amsterdam, Anchorage, Ankara, Ann Arbor, Antwerp, Arnhem, Asheville, Athens, Atlanta, Auckland, Augsburg, Austin, Bakersfield,
Baku, Baltimore, Bandung, Bangalore, Bengaluru, Bangkok, Barcelona, Bari, Basel, Baton Rouge, Beijing, Beirut, Belfast, Belgrade, Bellingham, Belo Horizonte, Bergen, Berkeley, Berlin, Bern, Bialystok, Bielefeld, Bilbao,
Birmingham, Bloomington, Bochum, Bogota, Boise, Bologna, Bonn, Bordeaux, Boston, Boulder, Bournemouth, Bradford, Brasília, Bratislava, Braunschweig, Bremen, Brescia, Brest, Brighton, Brisbane, Bristol, Brno, Brooklyn, Brussels, Bucharest,
Budapest, Buenos Aires, Buffalo, Burlington, Busan, Cairo, Calgary, Cali, Cambridge, Canberra, Canterbury, Cape Town, Caracas, Cardiff, Casablanca, Catania, Chapel Hill, Charleston, Charlotte, Chattanooga, Chelyabinsk, Chemnitz,
Chengdu, Chennai, Chiang Mai, Chicago, Christchurch, Cincinnati, Cleveland, Cluj-Napoca, Cologne, Colorado Springs, Columbia SC, Columbus, Compton, Copenhagen, Córdoba, Corpus Christi, Coventry, Cracow, Kraków, Curitiba, Dakar, Dallas, Darmstadt, Dayton,
Delhi, New Delhi, Denton, Denver, Des Moines, Detroit, Dijon, Dnipro, Donostia, Dortmund, Dresden, Dubai, Dublin, Duluth, Dundee, Dunedin, Durban, Durham, Düsseldorf, Edinburgh, Edmonton, Eindhoven, El Paso, Erfurt, Eugene, Exeter, Fargo,
Florence, Florianópolis, Fort Worth, Fortaleza, Frankfurt, Frankfurt am Main, Freiburg, Fresno, Fukuoka, Gainesville, Galway, Gdańsk, Geneva, Genoa, Ghent, Glasgow, Gothenburg, Göteborg, Göttingen, Granada, Grand Rapids, Graz, Grenoble, Groningen, Guadalajara,
Guangzhou, Guayaquil, Guelph, Haarlem, Hackney, Haifa, Halifax, Halle, Hamburg, Hamilton, Hanoi, Hanover, Hannover, Harare, Havana, Heidelberg, Helsinki, Hiroshima, Ho Chi Minh City, Saigon, Hobart, Honolulu, Houston, Huddersfield, Hull, Ibiza,
Indianapolis, Innsbruck, Iowa City, Istanbul, Ithaca, Jacksonville, Jakarta, Jena, Jersey City, Jerusalem, Johannesburg, Kalamazoo, Kampala, Kansas City, Karlsruhe, Kassel, Katowice, Kaunas, Kazan, Kharkiv, Kyiv, Kiev, Kiel, Kingston, Kinshasa, Knoxville,
Kobe, Kolkata, Kortrijk, Košice, Krasnodar, Kuala Lumpur, Kyoto, La Paz, Lafayette, Lagos, Lahore, Lancaster, Lansing, Las Vegas, Lausanne, Lawrence, Leeds, Leicester, Leipzig, Leuven, Lexington, Liège, Lille, Lima, Limerick, Lincoln, Linz, Lisbon, Lisboa,
Little Rock, Liverpool, Ljubljana, Łódź, London, Long Beach, Los Angeles, Louisville, Luanda, Lübeck, Lublin, Lucerne, Lviv, Lyon, Madison, Madrid, Mainz, Málaga, Malmö, Manchester, Manila, Mannheim, Maputo, Marrakech, Marseille, Medellín, Melbourne,
Memphis, Mérida, Mexico City, CDMX, Ciudad de México, Miami, Milan, Milano, Milton Keynes, Milwaukee, Minneapolis, Minsk, Missoula, Monterrey, Montevideo, Montpellier, Montreal, Moscow, Mumbai, Munich, München, Münster, Nagoya, Nairobi, Nantes, Naples, Napoli, Nashville,
New Haven, New Orleans, New York, New York City, Newark, Newcastle, Newcastle upon Tyne, Newport, Nijmegen, Norfolk, Northampton, Norwich, Nottingham, Novosibirsk, Nuremberg, Nürnberg, Oakland, Odesa, Odessa, Oklahoma City, Oldenburg, Olympia, Omaha, Orlando, Osaka, Oslo, Ottawa, Oxford,
Padova, Palermo, Paris, Perth, Perugia, Philadelphia, Phoenix, Pittsburgh, Plymouth, Porto, Porto Alegre, Portland, Portsmouth, Potsdam, Poznań, Prague, Praha, Preston, Providence, Puebla, Quebec City, Queens, Quito, Raleigh, Ramallah, Recife, Reims, Rennes, Reno, Reykjavík, Richmond, Riga, Rimini,
Rio de Janeiro, Rochester, Rome, Roma, Rosario, Rostock, Rotterdam, Rouen, Sacramento, Saint-Étienne, Saint Petersburg, St. Petersburg, Saint-Petersburg, Salford, Salt Lake City, Salvador, Salzburg, San Antonio, San Diego, San Francisco, San Jose, San Juan, San Luis Potosí, San Sebastián, Santa Barbara, Santa Cruz, Santa Fe, Santiago,
Santiago de Chile, Sao Paulo, Sapporo, Sarajevo, Saskatoon, Savannah, Seattle, Seoul, Sevilla, Seville, Shanghai, Sheffield, Shenzhen, Singapore, Skopje, Sofia, Southampton, Spokane, Springfield, St. Louis, Saint Louis, St. Paul, Stockholm, Strasbourg, Stuttgart, Surabaya, Sydney, Syracuse, Szczecin, Tacoma, Taipei, Tallahassee, Tallinn, Tampa, Tampere, Tartu,
Tbilisi, Tehran, Tel Aviv, Tel Aviv-Yafo, The Hague, Den Haag, Thessaloniki, Tijuana, Tilburg, Tokyo, Toledo, Toronto, Toulouse, Trieste, Trondheim, Tucson, Tulsa, Turin, Torino, Turku, Umeå, Uppsala, Utrecht, Valencia, Valparaíso, Vancouver, Venice, Verona, Victoria BC, Vienna, Wien, Vilnius, Warsaw, Warszawa,
Washington DC, Washington D.C., Weimar, Wellington, Wilmington, Winnipeg, Wolverhampton, Worcester, Wrocław, Wuhan, Wuppertal, Yekaterinburg, Yerevan, Yogyakarta, York, Zagreb, Zaragoza, Zürich, Zurich, Staten Island, Bronx, The Bronx, Manhattan, Harlem, Long Island, Hollywood, Cambridge MA, East London, South London,
東京, 大阪, 京都, 札幌, 福岡, 名古屋, 北京, 上海, 台北, 香港, 서울, 부산, Москва, Санкт-Петербург, Київ, Минск, Αθήνα, Θεσσαλονίκη, København`;

/** States, provinces, counties and parts of the world; and the short names that people use. */
const REGIONS = `
Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska,
Nevada, New Hampshire, New Jersey, New Mexico, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, Washington, Washington State, West Virginia, Wisconsin, Wyoming,
Upstate New York, Northern California, Southern California, Pacific Northwest, PNW, New England, Midwest, Bay Area, SF Bay Area, East Bay, Appalachia, Twin Cities, Western Massachusetts, South Florida, Hudson Valley, Inland Empire, Orange County, Silicon Valley,
Ontario, Quebec, British Columbia, Alberta, Manitoba, Saskatchewan, Nova Scotia, New Brunswick, Newfoundland, Yukon, New South Wales, NSW, Queensland, Tasmania, Western Australia, South Australia, Northern Territory, Vancouver Island,
Yorkshire, West Yorkshire, South Yorkshire, Lancashire, Cornwall, Devon, Dorset, Somerset, Kent, Sussex, East Sussex, Essex, Suffolk, Cumbria, Cheshire, Merseyside, Midlands, West Midlands, East Midlands, East Anglia, Northumberland, Wiltshire, Hampshire, Hertfordshire, Derbyshire, Greater Manchester, Tyne and Wear, Shropshire, Lincolnshire, Gloucestershire, Oxfordshire, Surrey, South Wales, North Wales, Scottish Highlands, Isle of Wight,
Bavaria, Bayern, Saxony, Sachsen, Thuringia, Hessen, NRW, Nordrhein-Westfalen, Brandenburg, Ruhrgebiet, Ruhrpott, Niedersachsen, Schleswig-Holstein, Rheinland-Pfalz, Sachsen-Anhalt, Baden-Württemberg, Saarland, Tyrol, Tirol, Styria,
Brittany, Bretagne, Normandy, Normandie, Occitanie, Provence, Alsace, Auvergne, Île-de-France, Aquitaine, Nouvelle-Aquitaine, Lorraine, Rhône-Alpes, Hauts-de-France, Corsica, Corse, Pays de la Loire, Wallonia, Wallonie, Flanders, Vlaanderen,
Catalonia, Catalunya, Cataluña, Basque Country, Euskadi, Euskal Herria, País Vasco, Galicia, Andalusia, Andalucía, Asturias, Mallorca, Canary Islands, Balearic Islands, Comunidad Valenciana, Madeira, Azores, Açores, Algarve,
Tuscany, Toscana, Lombardy, Lombardia, Piedmont, Piemonte, Sicily, Sicilia, Sardinia, Sardegna, Veneto, Puglia, Emilia-Romagna, Campania, Calabria, Liguria, Friuli, Lapland, Lappland, Skåne, Gotland, Jutland, Transylvania, Siberia, Crimea, Crete, Silesia, Moravia,
Hokkaido, Okinawa, Kansai, Kanto, Tibet, Kerala, Punjab, Kashmir, Java, Bali, Borneo, Sumatra, Jalisco, Oaxaca, Yucatán, Nuevo León, Baja California, Chiapas, Veracruz, Minas Gerais, Bahia, Paraná, Rio Grande do Sul, Pernambuco, Santa Catarina, Patagonia,
Africa, Asia, Europe, Oceania, North America, South America, Latin America, Central America, America Latina, Latinoamérica, Americas, Eastern Europe, Western Europe, Northern Europe, Southern Europe, Central Europe, Southeast Asia, East Asia, South Asia, Middle East, West Africa, East Africa, North Africa, Central Africa, Southern Africa,
Maghreb, Sahel, Sahara, Caribbean, West Indies, Scandinavia, Nordic Countries, Baltics, Balkans, Caucasus, Mediterranean, Polynesia, Melanesia, Antilles, Iberia, Kurdistan, Yugoslavia, Soviet Union, USSR, East Germany, DDR, Antarctica, Arctic,
UK, U.K., US, U.S., USA, U.S.A., UAE, EU, NYC, N.Y.C., NY, L.A., SF, DC, D.C., NOLA, Philly, PDX, ATX, RVA, SoCal, NorCal, STL, PGH, ATL, DMV, NJ, New York State, BK, Brum, Palestine, Tokio, Türkei`;

/** A place's spelling for comparing: without case, marks, points and "the". */
export const placeKey = (text: string): string =>
  foldMarks(text)
    .replace(/[.’']/g, '')
    .replace(/[\s\p{Pd}_,]+/gu, ' ')
    .trim()
    .replace(/^the /, '');

const known = new Set([...CITIES.split(','), ...REGIONS.split(',')].map(placeKey));

/** Whether a text, by itself, is a place: "berlin", "São Paulo", "United Kingdom", "London, UK", but no code ("CD" is no Congo). */
export function isKnownPlace(text: string): boolean {
  const key = placeKey(text);
  if (known.has(key)) return true;
  if (key.length > 3 && codeOf(text) !== null) return true;
  const parts = text.split(',');
  return parts.length > 1 && parts.length < 5 && parts.every(part => part.trim() && isKnownPlace(part));
}
