import { describe } from 'vitest';
import { openWorld } from '../world.ts';
import { takenTwice } from './shared/taken-twice.ts';

describe('a vessel taken twice', () => takenTwice(openWorld));
