import { describe, expect, it } from 'vitest';
import { findMoney, isMoneyField, withoutMoney } from './find-money.ts';

const said: Record<string, string[]> = {
  en: [
    'Revenue: $840.75',
    'captain fee 150',
    'Net to captain: 289.41',
    'paid 1,200 in cash',
    'eight hundred forty dollars',
    '18% commission',
    '£20 for fuel',
    '1.5k USD',
    'payout 840.75 / split 250.00',
    'gross USD 84,075.00',
  ],
  es: [
    'Ingresos: 840,75 €',
    'comisión de 150',
    'precio total 1.200,00',
    'pagado 300',
    'quinientos dólares',
    'propina 120',
  ],
  fr: [
    'Recette : 840,75 €',
    'commission de 18 %',
    'prix 1 200 €',
    'payé 300',
    'deux cent euros',
    'acompte 250',
  ],
  de: [
    'Umsatz 840,75 EUR',
    'Provision 150',
    'bezahlt: 1.200',
    'Auszahlung am Montag 300',
    'achthundert Euro',
    'Trinkgeld 120,00',
  ],
  it: ['Incasso 840,75 €', 'compenso 150', 'prezzo 1.200', 'pagato 300', 'ottocento euro', 'mancia 120'],
  pt: ['Receita R$ 840,75', 'comissão 150', 'preço 1.200', 'sinal de 300', 'oitocentos reais', 'gorjeta 120'],
  nl: ['Omzet € 840,75', 'commissie 150', 'prijs 1.200', 'betaald 300', 'fooi 120,00', 'kosten 250,-'],
  sv: ['Intäkter 8 400 kr', 'avgift 150', 'pris 1 200', 'betalt 300', '500 kronor'],
  no: ['Inntekt 8 400 kr', 'gebyr 150', 'utbetaling 1200', 'betalt 300', 'honorar 500,-'],
  pl: ['Przychód 840,75 zł', 'prowizja 150', 'cena 1200', 'zapłacono 300', 'napiwek 120 zł'],
  tr: ['Ciro ₺840', 'komisyon 150', 'ücret 1.200', 'ödendi 300', '500 TRY', 'kaptana 500 TL', '500 lira'],
  ja: ['売上 84,075円', '手数料 150', '料金:1200', '¥30,000', '支払い 300'],
};

describe('amounts in free text', () => {
  it('are looked for in twelve languages', () => {
    expect(Object.keys(said)).toHaveLength(12);
  });
  it.each(Object.entries(said).flatMap(([locale, texts]) => texts.map(text => [locale, text] as const)))(
    '%s: %s is one, and nothing of it is left',
    (_locale, text) => {
      expect(findMoney(text), text).not.toEqual([]);
      expect(findMoney(withoutMoney(text)), withoutMoney(text)).toEqual([]);
      expect(withoutMoney(text)).not.toMatch(/840|289[.,]41|1[., ]?200|150|300|84,075|30,000/);
    },
  );

  it.each([
    '',
    'Call time 14:30, slip 12, dock C',
    'Call Carole at +1 619 555 0142 or 619-555-0142',
    'Tel. +49 40 555 01 42, Liegeplatz 17',
    'Party of 4, 2 children, 6 guests in total',
    'total 6 guests, 2 crew',
    'She is 42 ft long and draws 6.5 ft; 12,5 m über alles',
    'Wind 12-15 kn, VHF 16 and 156.80 MHz',
    '2027-05-30, 30.05.2027, 30/05/2027 at 15:30 PDT',
    'Back by 6 pm, 3 hours aboard',
    'Bring the landing net. Meet at 16:30.',
    'Net weight of the anchor: 40 kg',
    'Coffee for 6, and 2 nets of oranges',
    'Booking xhqgmdh, code 4711, gate 0815',
    'Main halyard replaced 2026-03-01; engine 1250 hours',
    'Deposit the keys at berth 12',
    'Tip: wear soft soles',
    '32.7254, -117.1993',
    'Treffen um 15.30 Uhr, 6 Personen',
    'Rendez-vous à 15 h 30, ponton 4',
    '6名、15:30集合、12番バース',
  ])('%j is none', text => {
    expect(findMoney(text).map(({ from, to }) => text.slice(from, to))).toEqual([]);
  });

  it('go, and everything around them stays', () => {
    expect(
      withoutMoney('Captain Ana, fee 150, call 15:30. Guest paid $840.75 (18% commission), slip 12.'),
    ).toBe(
      'Captain Ana, fee [amount removed], call 15:30. Guest paid [amount removed] ([amount removed] commission), slip 12.',
    );
  });

  it('in fields of their own are known by the field', () => {
    expect(
      ['revenue', 'captain_fee', 'netRevenue', 'price_total', 'Auszahlung', 'tip'].filter(
        name => !isMoneyField(name),
      ),
    ).toEqual([]);
    expect(
      ['notes', 'phone', 'start_time', 'network', 'party_size', 'crewId', 'slip'].filter(isMoneyField),
    ).toEqual([]);
  });
});
