import { expect, it } from 'vitest';
import { testIntake } from '#intake/intake.fixture.ts';
import { expected, fixture, vendorSource } from './vendor.fixture.ts';

const contradicting = fixture('fareharbor', 'four-counted-three-listed.json').toString();

it('a message that counts four customers and lists three says so to the person who decides', async () => {
  const house = testIntake({ sourcesNow: [vendorSource(expected('fareharbor'))] });
  const { problems } = await house.deliver(contradicting);
  expect(problems).toMatchObject([
    {
      field: 'partySize',
      reason: 'The message counts 4 and lists 3 customers: nobody knows how many come.',
    },
  ]);
});

it('what the operator declared of a listing outweighs a message at odds with itself', async () => {
  const vendor = expected('fareharbor');
  const byListing = Object.fromEntries(Object.keys(vendor.source.listings).map(listing => [listing, 5]));
  const source = vendorSource({ ...vendor, source: { ...vendor.source, party: { byListing } } });
  const house = testIntake({ sourcesNow: [source] });
  await house.deliver(contradicting);
  expect(await house.bookings.list({})).toMatchObject([{ partySize: 5 }]);
});
