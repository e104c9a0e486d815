import type { CrewEventId } from '#crew/crew.ts';
import { dynamoCrewStore } from '#crew/crew-store.dynamodb.ts';
import { dynamoMoneyCanaries } from '#finances/canaries.dynamodb.ts';
import { lookingFor } from '#platform/egress.ts';
import { answerLeaks } from '#platform/leaks.ts';
import { publicWords } from '../rooms/parts.ts';
import { booted } from './boot.ts';
import type { Means } from './means.ts';

export const make = ({ table, config }: Means) => {
  const crew = dynamoCrewStore(table);
  const canaries = dynamoMoneyCanaries({
    table,
    bookingOf: async event => (await crew.find(event as CrewEventId))?.booking ?? null,
    publicWords: publicWords(config.fleet),
  });
  return answerLeaks(lookingFor(canaries));
};

export const handler = booted(make);
