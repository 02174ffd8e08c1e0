/** When two spellings are the same artist, and which names are no artist at all. */
import { fold, foldMarks, foldSigns } from './text.ts';

/**
 * UTF-16 units: an index row of Postgres holds 2,704 bytes, and NFKC can make one character into eighteen.
 */
const KEY_LIMIT = 300;

const OPENING = '[([{（［｛【「『〈《]';
const CLOSING = /[)\]}）］｝】」』〉》]/;
/** Behind these nobody takes "feat." for a part of a word: letters that are not Latin, signs, brackets. */
const UNSPACED =
  '(?<=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々,;:/~)\\]）］」』】])';

/**
 * What introduces a guest, behind a space, a bracket or what ends a word without one ("じんfeat.IA"), before
 * the guest's name; but no "feat of strength" and no "ft. deep".
 */
const GUEST = new RegExp(
  `(?:\\s+|\\s*(${OPENING})|${UNSPACED})` +
    '(?:feat[.:．]|ft[.:．]|(?:feat|ft|featuring)(?=\\s|[^\\p{Script=Latin}\\p{P}\\p{N}]))' +
    '(?!\\s*(?:of|for|in)\\s)(?!\\s*(?:deep|under|tall|below|above|high|wide|long)(?![^\\s,]))' +
    '\\s*(?=[^\\s)\\]}&+,/）］｝])',
  'iu',
);

/** Towns that are written so: "Live at Ft. Worth". */
const FORT = /^\W*ft[.\s]+(?:worth|lauderdale|wayne|collins|myers|knox|bragg)(?!\p{L})/iu;

/**
 * What stands before "ft" or "feat" in names that have no guest: "Six Ft. Deep", "50 ft Wave", "The Ft. Worth
 * Five", "Little Feat".
 */
const NO_LEAD = new RegExp(
  '^(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|forty|fifty|hundred|' +
    'the|a|an|little|no mean|no small)?$',
  'i',
);
/** A preposition before a "Ft." makes that a fort. */
const BEFORE_FORT = /(?:^|\s)(?:at|in|from|of|near|to|the|behind|outside)$/i;

/**
 * The name without the guests it names: "Ayo Bell feat. Mara", "Ayo Bell (ft. Mara)" → "Ayo Bell". What joins
 * equals ("&", "and", "x", "+", ",", "/", "vs", "with", "pres.") stays: one in eight names of recorded sales
 * has it, and there it is the name of a duo, or of the several who made a record, that the page gives as its
 * artist.
 */
export function withoutGuests(name: string): string {
  const guest = GUEST.exec(name);
  if (!guest) return name;
  const lead = name.slice(0, guest.index).replace(/[\s,;:/~\p{Pd}]+$/u, '');
  const isFort = FORT.test(guest[0] + name.slice(guest.index + guest[0].length)) || BEFORE_FORT.test(lead);
  if (NO_LEAD.test(lead.trim()) || isFort) return name;
  const closing = guest[1] ? name.slice(guest.index).search(CLOSING) : -1;
  return closing < 0 ? lead : withoutGuests(`${lead}${name.slice(guest.index + closing + 1)}`);
}

/**
 * The key of an artist across sellers: without guests, folded (see `fold`), with one form of each dash,
 * apostrophe and quote; '' for an empty or invisible name, which takes the seller's. No name is dropped for
 * its script.
 */
export const artistKey = (name: string): string =>
  // Folding makes a space and a mark of an acute accent that stands for an apostrophe.
  foldSigns(withoutGuests(fold(name.replaceAll('\u00b4', "'"))))
    .slice(0, KEY_LIMIT)
    .toWellFormed()
    .trim();

/** As compilations write it; without marks, spaces and punctuation they are compared. */
const VARIOUS = `
various | various artist | various artists | va | v.v.a.a. | various producers | various bands
various performers | various musicians | compilation | artists various | artist various | multiple artists
assorted artists | several artists | mixed artists
aa vv | artisti vari | vari artisti | autori vari | interpreti vari
varios | varios artistas | artistas varios | varios intérpretes | vários | vários artistas
vários intérpretes | artistas diversos | diversos artistas | diversos
artistes divers | artistes variés | divers artistes | multi-artistes | artistes multiples | interprètes divers
varis artistes | diversos artistes | artistes diversos | diversos intèrprets | hainbat artista
artista askoren artean
verschiedene | verschiedene interpreten | verschiedene künstler | diverse künstler | diverse interpreten
diverse artiesten | verschillende artiesten | verskeie kunstenaars
diverse artister | diverse artistar | ymiske artistar | blandade artister | olika artister
diverse kunstnere | eri esittäjiä | eri artisteja | useita esittäjiä
ýmsir | ýmsir flytjendur | ýmsir listamenn | erinevad esitajad | erinevad artistid | dažādi izpildītāji
įvairūs atlikėjai
amrywiol | amrywiol artistiaid | ealaíontóirí éagsúla | diversaj artistoj
różni artyści | różni wykonawcy | różni | składanka | různí interpreti | různí umělci | rôzni interpreti
rôzni umelci
válogatás | különböző előadók | vegyes előadók | artiști diverși | diverși artiști | diverși interpreți
razni izvođači | razni umetnici | razni umjetnici | različni izvajalci | artistë të ndryshëm
разные исполнители | разные | различные исполнители | разные артисты | сборник | різні виконавці
різні артисти | різні | розныя выканаўцы
различни изпълнители | разни изпълнители | разни извођачи | разни уметници | разни изведувачи
διάφοροι | διάφοροι καλλιτέχνες | სხვადასხვა შემსრულებლები | տարբեր կատարողներ
çeşitli sanatçılar | çeşitli | karışık sanatçılar | muhtelif sanatçılar
אמנים שונים | אומנים שונים | فنانون متنوعون | فنانين متنوعين | فنانون مختلفون | هنرمندان مختلف
विभिन्न कलाकार
berbagai artis | pelbagai artis | nhiều nghệ sĩ | nhiều nghệ sỹ | ศิลปินหลายคน | รวมศิลปิน
ヴァリアス・アーティスト | ヴァリアス・アーティスツ | バリアス・アーティスト | ヴァリアス | オムニバス | 様々なアーティスト
群星 | 合輯 | 合辑 | 眾藝人 | 众艺人 | 多位艺术家 | 多位藝術家 | 多位艺人 | 多位藝人 | 各種藝人
여러 아티스트 | 다양한 아티스트 | 여러 가수 | 컴필레이션`;

/** What stands for a name that nobody knows, on white labels and in tag editors. */
const UNKNOWN = `
unknown | unknown artist | unknown artists | artist unknown | artists unknown | no artist | anonymous artist
unbekannt | unbekannter künstler | unbekannter interpret | artiste inconnu | artistes inconnus
artista desconocido | artistas desconocidos | artista desconhecido | artista sconosciuto | artist necunoscut
onbekende artiest | artiest onbekend | okänd artist | ukjent artist | ukendt kunstner | ukendt artist
tuntematon esittäjä | tuntematon artisti | nieznany wykonawca | nieznany artysta | neznámý interpret
neznámy interpret | ismeretlen előadó | nepoznati izvođač | bilinmeyen sanatçı | artista desconegut
неизвестный исполнитель | неизвестен | невідомий виконавець | неизвестен изпълнител | άγνωστος καλλιτέχνης
אמן לא ידוע | فنان غير معروف | アーティスト不明 | 不明なアーティスト | 未知艺术家 | 未知藝術家 | 未知艺人 | 未知藝人
알 수 없는 아티스트`;
/** MusicBrainz writes such in brackets (musicbrainz.org/doc/Style/Unknown_and_untitled). */
const SPECIAL = /^\[(?:anonymous|no artist|traditional|data|dialogue|nature sounds|soundtrack|untitled)\]$/;

const compact = (folded: string): string => folded.replace(/[\p{Z}\p{P}\p{S}]+/gu, '');

const known = new Set(`${VARIOUS}\n${UNKNOWN}`.split(/[|\n]/).map(name => compact(foldMarks(name))));
known.delete('');
/** Letters of the longest of them: nearly all names need no second look. */
const LONGEST = Math.max(...Array.from(known, name => name.length));

/**
 * Whether a name stands for no one artist: nobody known ("Unknown Artist"), or "several artists" in one of
 * some fifty languages ("V/A", "Artisti Vari", 群星), or is such a name with a subject before or behind it
 * ("Various Artists - Benefit", "V.A. (Label)", "Depot: Various Artists").
 */
export function isVariousArtists(name: string): boolean {
  const folded = withoutGuests(fold(name));
  if (/^(?:various artists?\b|(?:v\.a\.?|v\/a|va|various) ?[-–—:([|])|\bvarious artists?[)\]]?$/.test(folded))
    return true;
  if (SPECIAL.test(folded)) return true;
  // With a sign between any two letters a name is twice as long.
  return folded.length <= 2 * LONGEST && known.has(compact(foldMarks(folded)));
}
