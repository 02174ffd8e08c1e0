/** An edition of everything: what its cover and its pages tell. Pure. */
import type { Answer } from '../core/answer.ts';
import { bestSection } from './edition-best.ts';
import { emergingSection } from './edition-emerging.ts';
import { aboutWords, newsFront } from './edition-front.ts';
import { genresSection } from './edition-genres.ts';
import type { Material } from './edition-material.ts';
import { regionsSection } from './edition-regions.ts';
import type { Report, ReportSection } from './report.ts';

export type Edition = Pick<Report, 'headline' | 'front' | 'about'> & { sections: ReportSection[] };

/** Sections that nothing can be told in are left out. */
export function editionOf(material: Material, dashboardUrl: string | undefined): Edition {
  const { headline, front } = newsFront(material);
  const failure = material.failures.join(' ');
  const made = [
    emergingSection(material, dashboardUrl),
    genresSection(material, dashboardUrl),
    regionsSection(material, dashboardUrl),
    bestSection(material),
  ].map((section, at) => (at === 0 && failure ? { ...section, failure } : section));
  const kept = made.filter(({ panels, failure }) => panels?.length || failure);
  const ledes = front.ledes.flatMap(lede => {
    const section = kept.indexOf(made[lede.section] as ReportSection);
    return section < 0 ? [] : [{ ...lede, section }];
  });
  return { headline, front: { ...front, ledes }, about: aboutWords(material), sections: kept };
}

/** All answers that it was made of, the day's own first. */
export const answersIn = ({ now, before: _, countries, best, leaders, inCountries }: Material): Answer[] =>
  [
    now.overview,
    now.genres,
    now.emerging,
    now.artists,
    countries,
    ...best.flatMap(({ period, trend }) => [period, trend]),
    ...leaders.map(({ answer }) => answer),
    ...inCountries.flatMap(({ overview, oversold, best: top }) => [overview, oversold, top]),
  ].flatMap(answer => (answer ? [answer] : []));
