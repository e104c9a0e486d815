import { Button, Card, Field, fieldAttributes, PostForm } from '#ui/parts.tsx';

/** What the crew reads on the page of the trip: typed here, and looked over for amounts before it is kept. */
export function CrewNotes(props: {
  action: string;
  formToken: string;
  notes: string;
  /** What was typed and looks as if it spoke of money; null for nothing. */
  doubtful: string | null;
}) {
  const { doubtful } = props;
  return (
    <Card title="Notes for the crew" id="notes">
      <PostForm action={props.action} formToken={props.formToken}>
        <Field
          name="notes"
          label="What the crew should know"
          hint="They read it on the page of the trip. Never write amounts: the crew must not see them."
          {...(doubtful === null
            ? {}
            : {
                wrong: {
                  message: 'This looks as if it spoke of money.',
                  cure: 'Take it out, or press the second button.',
                },
              })}
        >
          <textarea
            {...fieldAttributes('notes', {
              hint: true,
              ...(doubtful === null ? {} : { wrong: { message: '' } }),
            })}
            maxlength={4000}
            rows={4}
          >
            {doubtful ?? props.notes}
          </textarea>
        </Field>
        <div class="row stretch">
          <Button>Keep the notes</Button>
          {doubtful !== null && (
            <Button name="sure" value="yes">
              It is no amount: keep them
            </Button>
          )}
        </div>
      </PostForm>
    </Card>
  );
}
