import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { feedRoutes } from '#calendar/feed-routes.ts';
import { calendarRoutes } from '#calendar/routes.ts';
import { readEventChange, readNewEvent } from '#crew/event-request.ts';
import { eventRoutes } from '#crew/routes.ts';
import { testBrand, testFleet } from '#guest-page/guest-page.fixture.ts';
import { guestPageRoutes } from '#guest-page/routes.ts';
import { wishesRoutes } from '#guest-page/wishes-routes.ts';
import { mailRoutes } from '#intake/mail/routes.ts';
import { webhookRoutes } from '#intake/routes.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone } from '#lib/zoned.ts';
import { guestPhotoRoutes } from '#photos/guest-routes.ts';
import { metrics } from '#platform/metrics.ts';
import { healthRoutes } from './health.ts';
import { machineRoutes, routeName } from './mounted-routes.testing.ts';
import { refusalsOf } from './openapi/operation.ts';
import { eventChange, jsonSchema, newEvent, type SchemaName, schemas } from './openapi/schemas.ts';
import { documentedRoutes, openApiDocument, operations } from './openapi.ts';

const document = openApiDocument();
const text = JSON.stringify(document);

/** The rooms' own route tables; nothing is called, so nothing is behind them. */
const mounted = machineRoutes([
  webhookRoutes({} as never),
  mailRoutes({} as never),
  eventRoutes({} as never),
  calendarRoutes({} as never),
  feedRoutes({} as never),
  guestPageRoutes({} as never)(testBrand()),
  guestPhotoRoutes({} as never)(testBrand()),
  wishesRoutes({} as never)(testBrand()),
  healthRoutes({ metrics: metrics(), ready: [] }),
]);

describe('the OpenAPI document', () => {
  it('has every route for programs that a room serves', () => {
    const documented = new Set(documentedRoutes().map(routeName));
    expect(mounted.map(routeName).filter(route => !documented.has(route))).toEqual([]);
    expect(mounted.length).toBeGreaterThan(15);
  });

  it('has no route that nobody serves', () => {
    const served = new Set(mounted.map(routeName));
    // A guest page is served by the catch-all of the brand, under every address of its layout.
    const missing = documentedRoutes()
      .map(routeName)
      .filter(route => !served.has(route));
    expect(missing).toEqual(['get /g/{}']);
  });

  it('points only at what it contains', () => {
    const targets = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(match => match[1]);
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter(name => !Object.hasOwn(schemas, name ?? ''))).toEqual([]);
    expect(Object.keys(document.components.schemas).filter(name => !targets.includes(name))).toEqual([]);
  });

  it('names every operation once and every parameter of its path', () => {
    const objects = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item).map(operation => ({ path, ...(operation as Operated) })),
    );
    const ids = objects.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, parameters = [] } of objects) {
      const inPath = parameters.filter(parameter => parameter.in === 'path').map(({ name }) => name);
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])]);
    }
  });

  it('gives each refusal a status that is no answer of another kind', () => {
    for (const operation of operations) {
      const told = JSON.stringify(document.paths[operation.path]?.[operation.method]);
      for (const code of refusalsOf(operation))
        expect([operation.id, code, told.includes(`\`${code}\``)]).toEqual([operation.id, code, true]);
    }
  });

  it('shows only examples that fit the schema they stand beside', () => {
    const shown = operations.flatMap(({ id, body, answers }) => [
      ...Object.values(body?.examples ?? {}).map(value => ({ id, schema: body?.schema, value })),
      ...Object.values(answers).flatMap(({ schema, example }) =>
        schema && example !== undefined ? [{ id, schema, value: example }] : [],
      ),
    ]);
    expect(shown.length).toBeGreaterThan(15);
    for (const { id, schema, value } of shown) {
      const fits = z.fromJSONSchema(jsonSchema(schema as SchemaName) as never).safeParse(value);
      expect([id, schema, fits.error?.issues ?? []]).toEqual([id, schema, []]);
    }
  });

  it('knows the fields that the crew event API knows', () => {
    const fleet = testFleet();
    const before = {
      start: inZone('2027-05-30T22:30:00Z', 'America/Los_Angeles'),
      end: inZone('2027-05-31T01:30:00Z', 'America/Los_Angeles'),
      vessel: null,
    };
    const known = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        if (error instanceof Refusal) return /Known are: (.*)\./.exec(error.cure)?.[1]?.split(', ').sort();
      }
      return undefined;
    };
    expect(known(() => readNewEvent({ nonsense: 1 }, fleet))).toEqual(Object.keys(newEvent.shape).sort());
    expect(known(() => readEventChange({ nonsense: 1 }, fleet, before))).toEqual(
      Object.keys(eventChange.shape).sort(),
    );
  });
});

type Operated = {
  operationId: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, unknown>;
};
