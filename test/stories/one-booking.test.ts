import { describe } from 'vitest';
import { openWorld } from '../world.ts';
import { oneBooking } from './shared/one-booking.ts';

describe('one booking leaves', () => oneBooking(openWorld));
