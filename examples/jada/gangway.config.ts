/**
 * The fleet of the demonstration: one schooner, two domains. Guests know her as the Queen of San Diego,
 * crew and owner work at Sail JADA. Everybody here is invented.
 */
import { defineConfig } from 'gangway/config';

export default defineConfig({
  house: {
    name: 'Sail JADA',
    host: 'sailjada.com',
    sender: { name: 'Sail JADA', address: 'crew@sailjada.com' },
    zone: 'America/Los_Angeles',
  },

  brands: [
    {
      id: 'queenofsandiego',
      name: 'Queen of San Diego',
      host: 'queenofsandiego.com',
      layout: { kind: 'beside' },
      bucket: 'queenofsandiego.com',
      theme: { accent: '#0b5f7a', ink: '#12212f' },
      sender: { name: 'Queen of San Diego', address: 'hello@queenofsandiego.com' },
      contact: { phone: '+1 619 555 0100', email: 'hello@queenofsandiego.com' },
      locale: 'en-US',
    },
    {
      id: 'sailjada',
      name: 'Sail JADA',
      host: 'sailjada.com',
      layout: { kind: 'folder' },
      bucket: 'sailjada.com',
      theme: { accent: '#7a3b0b', ink: '#2a1c12' },
      sender: { name: 'Sail JADA', address: 'hello@sailjada.com' },
      contact: { phone: '+1 619 555 0101', email: 'hello@sailjada.com' },
      locale: 'en-US',
    },
  ],

  vessels: [
    {
      id: 'jada',
      name: 'JADA',
      brand: 'queenofsandiego',
      zone: 'America/Los_Angeles',
      berth: {
        name: 'Harbor Island, dock C, slip 12',
        address: '1880 Harbor Island Drive, San Diego, CA 92101',
        latitude: 32.7254,
        longitude: -117.1993,
        directions:
          'Park in the marina lot, walk down the ramp by the flagpole and turn left: she is the wooden schooner at the end.',
      },
      weather: 'https://forecast.weather.gov/MapClick.php?lat=32.7254&lon=-117.1993',
      tides: 'https://tidesandcurrents.noaa.gov/noaatidepredictions.html?id=9410170',
      charterMode: 'time',
      capacity: 6,
      callMinutes: 60,
      crew: [
        { person: 'captain-ana', role: 'captain' },
        { person: 'luis', role: 'crew' },
        { person: 'kim', role: 'crew' },
      ],
      bring: [
        'Soft-soled shoes with light soles',
        'A windbreaker: it is cooler on the water',
        'Sunscreen and a hat that stays on',
        'Your own food and drinks, no red wine please',
      ],
    },
  ],

  people: [
    {
      id: 'owner-joan',
      firstName: 'Joan',
      name: 'Joan Whitaker',
      email: 'joan@sailjada.example',
      phone: '+1 619 555 0110',
      roles: ['owner'],
    },
    {
      id: 'captain-ana',
      firstName: 'Ana',
      name: 'Ana Reyes',
      email: 'ana@crew.example',
      phone: '+1 619 555 0111',
      roles: ['captain'],
    },
    {
      id: 'luis',
      firstName: 'Luis',
      name: 'Luis Ortega',
      email: 'luis@crew.example',
      phone: '+1 619 555 0112',
      roles: ['crew'],
    },
    {
      id: 'kim',
      firstName: 'Kim',
      name: 'Kim Tran',
      email: 'kim@crew.example',
      phone: '+1 619 555 0113',
      roles: ['crew'],
    },
  ],

  sources: [
    { id: 'boatsetter', kind: 'boatsetter', times: 'local', secret: { env: 'BOATSETTER_WEBHOOK_SECRET' } },
    { id: 'manual', kind: 'manual', times: 'local', secret: { env: 'MANUAL_WEBHOOK_SECRET' } },
  ],

  money: {
    currency: 'USD',
    fees: [
      {
        from: '2026-01-01',
        source: 'boatsetter',
        label: 'Port and dock fee',
        percent: '18',
        paidBy: 'owner',
      },
    ],
    pay: [
      { from: '2026-01-01', person: 'captain-ana', perTrip: '150.00' },
      { from: '2026-01-01', person: 'luis', perTrip: '125.00' },
      { from: '2026-01-01', person: 'kim', perTrip: '125.00' },
    ],
  },

  mail: { kind: 'outbox' },
});
