/** When two spellings are the same artist, and which names are no artist at all. */
import { fold, foldMarks } from './text.ts';

/**
 * UTF-16 units: an index row of Postgres holds 2,704 bytes, and NFKC can make one character into eighteen.
 */
const KEY_LIMIT = 300;

/** What introduces a guest, behind a space or a bracket, before the guest's name. */
const GUEST = /(?:\s+|\s*([([{]))(?:feat\.|ft\.|(?:feat|ft|featuring)(?=\s))\s*(?=[^\s)\]}&+,/])/i;

/**
 * What stands before "ft" or "feat" in names that have no guest: "Six Ft. Deep", "50 ft Wave", "The Ft. Worth
 * Five", "Little Feat".
 */
const NO_LEAD = /^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|the|a|an|little)?$/i;

/**
 * The name without the guests it names: "Ayo Bell feat. Mara", "Ayo Bell (ft. Mara)" → "Ayo Bell". What joins
 * equals ("&", "and", "x", "+", ",", "/", "vs", "with", "pres.") stays: one in eight names of recorded sales
 * has it, and there it is the name of a duo, or of the several who made a record, that the page gives as its
 * artist.
 */
export function withoutGuests(name: string): string {
  const guest = GUEST.exec(name);
  if (!guest) return name;
  const lead = name.slice(0, guest.index).replace(/[\s,;:\p{Pd}]+$/u, '');
  if (NO_LEAD.test(lead.trim())) return name;
  const closing = guest[1] ? name.slice(guest.index).search(/[)\]}]/) : -1;
  return closing < 0 ? lead : withoutGuests(`${lead}${name.slice(guest.index + closing + 1)}`);
}

/**
 * The key of an artist across sellers: without guests, folded (see `fold`); '' for an empty or invisible
 * name, which takes the seller's. No name is dropped for its script.
 */
export const artistKey = (name: string): string =>
  withoutGuests(fold(name)).slice(0, KEY_LIMIT).toWellFormed().trim();

/** As compilations write it; without marks, spaces and punctuation they are compared. */
const VARIOUS = `
various | various artist | various artists | va | v.v.a.a. | various producers | various bands
various performers | various musicians | compilation
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

const compact = (folded: string): string => folded.replace(/[\p{Z}\p{P}\p{S}]+/gu, '');

const known = new Set(VARIOUS.split(/[|\n]/).map(name => compact(foldMarks(name))));
known.delete('');
/** Letters of the longest of them: nearly all names need no second look. */
const LONGEST = Math.max(...Array.from(known, name => name.length));

/**
 * Whether a name stands for "several artists" in one of some fifty languages ("V/A", "Artisti Vari", 群星), or
 * is such a name with a subject before or behind it ("Various Artists - Benefit", "V.A. (Label)", "Depot:
 * Various Artists").
 */
export function isVariousArtists(name: string): boolean {
  const folded = withoutGuests(fold(name));
  if (/^(?:various artists?\b|(?:v\.a\.?|v\/a|va|various) ?[-–—:([|])|\bvarious artists?[)\]]?$/.test(folded))
    return true;
  // With a sign between any two letters a name is twice as long.
  return folded.length <= 2 * LONGEST && known.has(compact(foldMarks(folded)));
}
