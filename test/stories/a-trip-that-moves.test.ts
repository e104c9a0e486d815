import { describe } from 'vitest';
import { openWorld } from '../world.ts';
import { aTripThatMoves } from './shared/a-trip-that-moves.ts';

describe('a trip that moves', () => aTripThatMoves(openWorld));
