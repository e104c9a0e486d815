import type { Fleet } from '#booking/fleet.ts';
import type { Suppression } from '#mail/suppressed.ts';
import { Badge, Button, Card, Notice, PostForm, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';

/** Addresses that letters came back from: what is heard of each, what to do about it, and the way back. Nothing while none is. */
export function AddressesCard(props: { fleet: Fleet; formToken: string; addresses: readonly Suppression[] }) {
  const { fleet, formToken, addresses } = props;
  if (addresses.length === 0) return null;
  return (
    <Card title="Addresses in trouble" id="addresses">
      <Table<Suppression>
        caption="Addresses in trouble"
        captionUnseen
        columns={[
          { label: 'Address', kind: 'title', cell: it => <Whose of={it} fleet={fleet} /> },
          {
            label: 'Why',
            kind: 'plain',
            cell: it => (
              <>
                <Badge state={it.why} tone={it.state === 'open' ? 'bad' : 'off'}>
                  {words[it.why].badge}
                </Badge>{' '}
                {it.said}
                <span class="quiet under">{words[it.why].cure}</span>
              </>
            ),
          },
          { label: 'Heard', cell: it => <Instant at={it.at} zone={fleet.house.zone} age /> },
          { label: 'Action', kind: 'action', cell: it => <Decide of={it} formToken={formToken} /> },
        ]}
        rows={addresses}
      />
    </Card>
  );
}

/** What was decided just now, with the way back. */
export function AddressNotice({ of, formToken }: { of: Suppression; formToken: string }) {
  if (of.state === 'open') return null;
  return of.state === 'allowed' ? (
    <Notice title={`Letters to ${of.address} go out again.`} cure="What bounces comes back here." />
  ) : (
    <Notice
      title={`${of.address} stays as it is.`}
      cure="It is no alert any more."
      action={<Act address={of.address} as="open" label="Undo" formToken={formToken} />}
    />
  );
}

const words = {
  bounce: {
    badge: 'address bounced',
    cure: 'Letters to it are withheld. Correct the address on the booking, or in the configuration for one of the crew.',
  },
  complaint: {
    badge: 'reader complained',
    cure: 'Reminders and thanks are withheld; how a charter stands still goes out. Ask how they want to be reached.',
  },
  returned: {
    badge: 'letter came back',
    cure: 'Later letters still go out. Call them if this one mattered.',
  },
} as const;

function Whose({ of, fleet }: { of: Suppression; fleet: Fleet }) {
  const person = fleet.people.find(({ email }) => email.toLowerCase() === of.address);
  return (
    <>
      {of.address}
      {person && <span class="quiet under">{person.name}</span>}
    </>
  );
}

const Decide = ({ of, formToken }: { of: Suppression; formToken: string }) => (
  <div class="row">
    <Act
      address={of.address}
      as="allowed"
      label={of.why === 'returned' ? 'Done' : 'Use again'}
      formToken={formToken}
    />
    {of.state === 'open' && of.why !== 'returned' && (
      <Act address={of.address} as="kept" label="Leave it" formToken={formToken} />
    )}
  </div>
);

const Act = (it: { address: string; as: string; label: string; formToken: string }) => (
  <PostForm action={paths.deskAddresses} formToken={it.formToken} inline>
    <input type="hidden" name="address" value={it.address} />
    <input type="hidden" name="as" value={it.as} />
    <Button>{it.label}</Button>
  </PostForm>
);
