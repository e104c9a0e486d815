import type { ConfigProblem } from './config-problem.ts';
import type { ConfigShape } from './config-shape.ts';

/** What the shape alone cannot say: ids that point nowhere, brands that share what must be apart, limits the law sets. */
export function crossChecks(shape: ConfigShape): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const say = (path: string, message: string, cure: string) => problems.push({ path, message, cure });

  for (const [list, items] of Object.entries({
    brands: shape.brands,
    vessels: shape.vessels,
    people: shape.people,
    sources: shape.sources,
  })) {
    for (const twice of duplicates(items.map(item => item.id))) {
      say(list, `The id ${twice} is used twice.`, 'Give each its own id.');
    }
  }
  for (const [what, values] of [
    ['host', shape.brands.map(brand => brand.host)],
    ['bucket', shape.brands.map(brand => brand.bucket)],
  ] as const) {
    for (const twice of duplicates(values)) {
      say('brands', `Two brands share the ${what} ${twice}.`, 'Brands are kept apart: give each its own.');
    }
  }
  const brands = new Set(shape.brands.map(brand => brand.id));
  const people = new Map(shape.people.map(person => [person.id, person]));
  for (const vessel of shape.vessels) {
    if (!brands.has(vessel.brand))
      say(`vessels.${vessel.id}.brand`, `There is no brand ${vessel.brand}.`, 'Name one of brands[].id.');
    if (vessel.charterMode === 'time' && vessel.capacity > 6) {
      say(
        `vessels.${vessel.id}.capacity`,
        'A time charter carries at most six passengers for hire (uninspected vessel).',
        'Set 6 or fewer, or charterMode inspected with the limit of the certificate.',
      );
    }
    if (vessel.charterMode === 'bareboat' && vessel.capacity > 12) {
      say(
        `vessels.${vessel.id}.capacity`,
        'A bareboat charter carries at most twelve passengers.',
        'Set 12 or fewer.',
      );
    }
    for (const { person, role } of vessel.crew) {
      const known = people.get(person);
      if (!known)
        say(`vessels.${vessel.id}.crew`, `There is no person ${person}.`, 'Name one of people[].id.');
      else if (!known.roles.includes(role))
        say(`vessels.${vessel.id}.crew`, `${person} is not a ${role}.`, `Add ${role} to their roles.`);
    }
  }
  for (const { person } of shape.money.pay) {
    if (!people.has(person)) say('money.pay', `There is no person ${person}.`, 'Name one of people[].id.');
  }
  for (const fee of shape.money.fees) {
    const given = [fee.percent, fee.fixed, fee.perHour].filter(value => value !== undefined).length;
    if (given !== 1)
      say('money.fees', `The fee "${fee.label}" needs exactly one of percent, fixed, perHour.`, 'Keep one.');
  }
  for (const brand of Object.keys(shape.server.brandUrls)) {
    if (!brands.has(brand))
      say('server.brandUrls', `There is no brand ${brand}.`, 'Name one of brands[].id.');
  }
  if (!shape.people.some(person => person.roles.includes('owner'))) {
    say(
      'people',
      'Nobody has the role owner.',
      'Give one person roles: ["owner"]; the summary with the breakdown goes there.',
    );
  }
  return problems;
}

const duplicates = (values: readonly string[]) => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
