import { afterAll, beforeAll, describe } from 'vitest';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { aTripThatMoves } from '../../stories/shared/a-trip-that-moves.ts';
import { oneBooking } from '../../stories/shared/one-booking.ts';
import { takenTwice } from '../../stories/shared/taken-twice.ts';
import { openAwsWorld } from '../aws-world.ts';

/** The bodies of `test/stories/shared`, which the embedded edition is told as well. */
describe('in the AWS edition', { timeout: 60_000 }, () => {
  let dynamo: DynamoStandIn;
  beforeAll(async () => {
    dynamo = await openDynamo();
  }, 300_000);
  afterAll(() => dynamo?.stop());
  const open = () => openAwsWorld(dynamo);

  describe('one booking leaves', () => oneBooking(open));
  describe('a trip that moves', () => aTripThatMoves(open));
  describe('a vessel taken twice', () => takenTwice(open));
});
