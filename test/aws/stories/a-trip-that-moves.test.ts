import { afterAll, beforeAll, describe } from 'vitest';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { aTripThatMoves } from '../../stories/shared/a-trip-that-moves.ts';
import { openAwsWorld } from '../aws-world.ts';

describe('a trip that moves, in the AWS edition', { timeout: 60_000 }, () => {
  let dynamo: DynamoStandIn;
  beforeAll(async () => {
    dynamo = await openDynamo();
  }, 60_000);
  afterAll(() => dynamo?.stop());

  aTripThatMoves(() => openAwsWorld(dynamo));
});
