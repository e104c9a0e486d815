import { openSqlite } from '#platform/sqlite.ts';
import { guestWishesContract } from './guest-wishes.contract.ts';
import { sqliteGuestWishes } from './guest-wishes.sqlite.ts';

guestWishesContract(() => sqliteGuestWishes(openSqlite(':memory:')));
