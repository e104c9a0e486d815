import { hostsOf, isLocal } from '#web/hosts.ts';
import type { ConfigProblem } from './problem.ts';
import type { ConfigShape } from './shape.ts';
import { sourceChecks } from './sources.ts';

/** What the shape alone cannot say: ids that point nowhere, brands that share what must be apart, limits the law sets. */
export function crossChecks(shape: ConfigShape): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const say = (path: string, message: string, cure: string) => problems.push({ path, message, cure });

  for (const [list, items] of Object.entries({
    brands: shape.brands,
    vessels: shape.vessels,
    people: shape.people,
    sources: shape.sources,
    webhooks: shape.webhooks,
    calendarServers: shape.calendarServers,
  })) {
    for (const twice of duplicates(items.map(item => item.id))) {
      say(list, `The id ${twice} is used twice.`, 'Give each its own id.');
    }
  }
  for (const [what, values] of [
    ['host', shape.brands.flatMap(brand => [...new Set(hostsOf(brand))])],
    ['bucket', shape.brands.map(brand => brand.bucket.toLowerCase())],
  ] as const) {
    for (const twice of duplicates(values)) {
      say('brands', `Two brands share the ${what} ${twice}.`, 'Brands are kept apart: give each its own.');
    }
  }
  for (const { id, bucket } of shape.brands) {
    const other = shape.brands.find(
      each => each.id !== id && [each.host, each.id].includes(bucket.toLowerCase()),
    );
    if (other)
      say(
        `brands.${id}.bucket`,
        `The bucket ${bucket} has the name of the brand ${other.id}.`,
        'Give each brand its own bucket; these two look swapped.',
      );
  }
  for (const { name, ids } of sharedNames(shape)) {
    say(
      'brands',
      `${ids.join(' and ')} would both answer at ${name}.`,
      'Brands are kept apart: give each a host (and in server.brandUrls an address) that no other answers at, with or without www.',
    );
  }
  for (const { id, feeds } of shape.sources) {
    for (const { vessel } of feeds) {
      if (!shape.vessels.some(one => one.id === vessel))
        say(`sources.${id}.feeds`, `There is no vessel ${vessel}.`, 'Name one of vessels[].id.');
    }
    for (const twice of duplicates(feeds.map(({ vessel }) => vessel))) {
      say(`sources.${id}.feeds`, `The vessel ${twice} has two calendars.`, 'One for each source and vessel.');
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
    for (const { person, role, list } of [
      ...vessel.crew.map(place => ({ ...place, list: 'crew' })),
      ...vessel.reserve.map(place => ({ ...place, list: 'reserve' })),
    ]) {
      const known = people.get(person);
      if (!known)
        say(`vessels.${vessel.id}.${list}`, `There is no person ${person}.`, 'Name one of people[].id.');
      else if (!known.roles.includes(role))
        say(`vessels.${vessel.id}.${list}`, `${person} is not a ${role}.`, `Add ${role} to their roles.`);
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
  for (const [id, url] of Object.entries(shape.server.brandUrls)) {
    const brand = shape.brands.find(each => each.id === id);
    if (!brand) say('server.brandUrls', `There is no brand ${id}.`, 'Name one of brands[].id.');
    else if (!hostsOf(brand).includes(new URL(url).hostname)) {
      say(
        `server.brandUrls.${id}`,
        `${url} is not an address of the brand, which answers at ${brand.host}.`,
        'Give the address with that host, or correct the host of the brand.',
      );
    }
  }
  const house = shape.server.url && new URL(shape.server.url).hostname;
  if (house && house !== shape.house.host && !isLocal(house)) {
    say(
      'server.url',
      `${shape.server.url} is not an address of the house, which answers at ${shape.house.host}.`,
      'Give the address with that host, or correct house.host.',
    );
  }
  for (const list of ['webhooks', 'calendarServers'] as const) {
    for (const { id, url, isNearby } of shape[list]) {
      const { protocol, port, username, password } = new URL(url);
      if (!isNearby && (protocol !== 'https:' || port !== '')) {
        say(
          `${list}.${id}.url`,
          `${url} is not https on port 443.`,
          'Give such an address, or set isNearby: true for a program on this machine or network.',
        );
      }
      if (username !== '' || password !== '')
        say(
          `${list}.${id}.url`,
          'The address holds a password.',
          'Take it out; secrets stand by themselves.',
        );
    }
  }
  for (const { id, vessels = [] } of shape.calendarServers) {
    for (const vessel of vessels.filter(each => !shape.vessels.some(one => one.id === each)))
      say(`calendarServers.${id}.vessels`, `There is no vessel ${vessel}.`, 'Name one of vessels[].id.');
  }
  if (!shape.people.some(person => person.roles.includes('owner'))) {
    say(
      'people',
      'Nobody has the role owner.',
      'Give one person roles: ["owner"]; the summary with the breakdown goes there.',
    );
  }
  return [...problems, ...sourceChecks(shape)];
}

const duplicates = (values: readonly string[]) => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

/** Hosts that lead to more than one brand: as configured, with www, as this machine spells them, and as pages are linked. */
function sharedNames({ brands, server }: ConfigShape): { name: string; ids: string[] }[] {
  const answering = new Map<string, Set<string>>();
  for (const { id, host } of brands) {
    const linked = URL.parse(server.brandUrls[id] ?? '')?.hostname;
    for (const name of [host, `www.${host}`, `${id}.localhost`, ...(linked ? [linked] : [])]) {
      answering.set(name, (answering.get(name) ?? new Set()).add(id));
    }
  }
  const ownHosts = new Set(
    duplicates(brands.map(brand => brand.host)).flatMap(host => [host, `www.${host}`]),
  );
  return [...answering]
    .filter(([name, ids]) => ids.size > 1 && !ownHosts.has(name))
    .map(([name, ids]) => ({ name, ids: [...ids] }));
}
