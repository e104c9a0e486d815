import { expect, it } from 'vitest';
import { looksLikeMoney } from './money-words.ts';

it.each([
  'Revenue: $840.75',
  'Net to Captain: 289.41',
  'captain fee 150',
  '150 fee for the captain',
  '€ 90 cash',
  '90€',
  'USD 840',
  '840 usd',
  'eight hundred dollars',
  '20 bucks each',
  'COMMISSION of about 18 %',
  'split 60/40',
  'Payout on the 3rd',
  'Pay-out 12',
  '＄840',
  '٨٤٠ USD',
  'kr 500 is 50 EUR',
  '£20 for fuel',
  '₹4000',
])('takes %j for money', text => {
  expect(looksLikeMoney(text)).toBe(true);
});

it.each([
  '',
  'Call time 14:30, slip 12',
  'Coffee for 6, and 2 nets of oranges',
  'Bring the landing net. Meet at 14:30.',
  'VHF 16, then 156.80 MHz',
  'Guest Carole, party of 4, one is 70 years old',
  'Try 2 reefs if it blows 25 kn',
  'Call 619 555 0142 at the gate, code 4711',
  'Main halyard replaced 2026-03-01',
  'Feed the cat, 2 scoops',
  'Split the watch between both of you',
])('takes %j for no money', text => {
  expect(looksLikeMoney(text)).toBe(false);
});
