/** When two spellings are the same artist, and which names are no artist at all. */
import { fold, foldMarks } from './text.ts';

/** UTF-16 units: an index row of Postgres holds 2,704 bytes, and NFKC can make one character into eighteen. */
const KEY_LIMIT = 300;

/** The key of an artist across sellers (see `fold`); '' for an empty or invisible name, which takes the seller's. */
export const artistKey = (name: string): string => fold(name).slice(0, KEY_LIMIT).toWellFormed();

/** As `compact` spells them: without marks, spaces and punctuation. */
const VARIOUS = new Set(
  [
    ...['various', 'various artist', 'various artists', 'va', 'v.v.a.a.', 'various producers', 'various bands'],
    ...['aa vv', 'artisti vari', 'vari artisti', 'autori vari', 'varios', 'varios artistas', 'artistas varios'],
    ...[
      'vários',
      'vários artistas',
      'artistas diversos',
      'diversos artistas',
      'diversos',
      'artistes divers',
      'artistes variés',
    ],
    ...['divers artistes', 'multi-artistes', 'verschiedene', 'verschiedene interpreten'],
    ...[
      'verschiedene künstler',
      'diverse interpreten',
      'diverse artiesten',
      'verschillende artiesten',
      'diverse artister',
    ],
    ...['diverse kunstnere', 'ymiske artistar', 'blandade artister', 'eri esittäjiä', 'useita esittäjiä', 'ýmsir'],
    ...['różni artyści', 'różni wykonawcy', 'různí interpreti', 'různí umělci', 'rôzni interpreti', 'rôzni umelci'],
    ...['válogatás', 'különböző előadók', 'vegyes előadók', 'artiști diverși', 'diverși artiști', 'razni izvođači'],
    ...[
      'razni umetnici',
      'različni izvajalci',
      'различни изпълнители',
      'разни извођачи',
      'įvairūs atlikėjai',
      'erinevad esitajad',
    ],
    ...[
      'dažādi izpildītāji',
      'διάφοροι',
      'διάφοροι καλλιτέχνες',
      'çeşitli sanatçılar',
      'çeşitli',
      'karışık sanatçılar',
    ],
    ...[
      'разные исполнители',
      'разные',
      'различные исполнители',
      'разные артисты',
      'сборник',
      'різні виконавці',
      'різні',
    ],
    ...['אמנים שונים', 'فنانون متنوعون', 'فنانين متنوعين', 'berbagai artis', 'nhiều nghệ sĩ', 'ศิลปินหลายคน', 'รวมศิลปิน'],
    ...[
      'ヴァリアス・アーティスト',
      'バリアス・アーティスト',
      'ヴァリアス',
      'オムニバス',
      '様々なアーティスト',
      '群星',
      '合輯',
      '合辑',
      '眾藝人',
      '众艺人',
    ],
    ...[
      '多位艺术家',
      '여러 아티스트',
      '다양한 아티스트',
      '컴필레이션',
      'compilation',
      'varis artistes',
      'artista askoren artean',
    ],
  ].map(compact),
);

function compact(name: string): string {
  return foldMarks(name).replace(/[\p{Z}\p{P}\p{S}]+/gu, '');
}

/**
 * Whether a name stands for "several artists" in one of some thirty languages ("V/A", "Artisti Vari", 群星), or is such a
 * name with a subject behind it ("Various Artists - Benefit", "V.A. (Label)").
 */
export function isVariousArtists(name: string): boolean {
  return (
    VARIOUS.has(compact(name)) ||
    /^various artists?\b/.test(fold(name)) ||
    /^(?:v\.a\.?|v\/a|va|various)\s*[-–—:([|]/.test(fold(name))
  );
}
