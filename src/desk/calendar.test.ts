import { describe, expect, it } from 'vitest';
import { deskWorld } from './desk.fixture.tsx';

describe('the month', () => {
  it('shows each trip on its own local day with its clock, and names the zone', async () => {
    const { get, add, raise } = deskWorld();
    await raise(await add('Carole Whitfield', '2027-05-30T22:30'));
    const html = await (await get('/desk/calendar?month=2027-05')).text();
    expect(html).toContain('<h1>May 2027</h1>');
    expect(html).toContain('PDT (America/Los_Angeles)');
    expect(html).toMatch(/datetime="2027-05-30">.*?22:30.*?Carole Whitfield/s);
    // It goes on past midnight: that day says so instead of repeating the start.
    expect(html).toMatch(/datetime="2027-05-31">.*?goes on.*?Carole Whitfield/s);
  });

  it('names the zone beside the time where a vessel keeps another one', async () => {
    const { get, add, raise } = deskWorld();
    await raise(await add('Nell Harper', '2027-05-12T15:30', { vessel: 'tern' }));
    expect(await (await get('/desk/calendar?month=2027-05')).text()).toContain('15:30 EDT');
  });

  it('turns to the months before and after, and back to today', async () => {
    const { get } = deskWorld();
    const html = await (await get('/desk/calendar?month=2027-12')).text();
    expect(html).toContain('href="/desk/calendar?month=2027-11"');
    expect(html).toContain('href="/desk/calendar?month=2028-01"');
    expect(html).toContain('No trips in December 2027');
    const today = await (await get('/desk/calendar?month=nonsense')).text();
    expect(today).toContain('<h1>April 2027</h1>');
    expect(today).toMatch(/aria-current="date"><time class="day" datetime="2027-04-01"/);
  });
});
