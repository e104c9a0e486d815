import type { Problem } from '#booking/problem.ts';
import { offsetText, timeText, type ZonedTime } from '#lib/zoned.ts';
import { Choice, Field, fieldAttributes } from '#ui/parts.tsx';
import { wrongWith } from './form.ts';
import type { TimeFields } from './trip-times.ts';
import { lengthText } from './words.ts';

/** The fields these parts show; troubles elsewhere stand above the form. */
export const timeFieldNames = ['date', 'start', 'length', 'which'] as const;

/** Both readings of a clock time that comes twice, for a person to choose from. */
export type Ambiguity = { earlier: ZonedTime; later: ZonedTime };

/** Day, start and length of a trip. The end follows from the length, so it can neither precede the start nor fall into a gap. */
export function TripTimes(props: {
  fields: TimeFields;
  problems: readonly Problem[];
  ambiguity: Ambiguity | null;
  /** IANA zone of the berth. */
  zone: string;
  /** The earliest day to offer, `2027-05-30`. */
  today: string;
}) {
  const { fields, problems, ambiguity } = props;
  return (
    <>
      <div class="fields">
        <Field
          name="date"
          label="Day"
          type="date"
          value={fields.date}
          wrong={wrongWith(problems, 'date')}
          required
          input={{ min: props.today }}
        />
        <Field
          name="start"
          label="Start"
          type="time"
          value={fields.start}
          hint={`The clock at the berth, ${props.zone}`}
          wrong={wrongWith(problems, 'start')}
          required
        />
        <Choice
          name="length"
          label="Length"
          value={fields.length}
          wrong={wrongWith(problems, 'length') ?? wrongWith(problems, 'end')}
          options={lengthsWith(fields.length)}
          required
        />
      </div>
      {ambiguity && (
        <fieldset aria-describedby="wrong-which">
          <legend>Which of the two?</legend>
          <span class="field">
            <span class="wrong" id="wrong-which">
              {wrongWith(problems, 'which')?.message} {wrongWith(problems, 'which')?.cure}
            </span>
          </span>
          {(['earlier', 'later'] as const).map(which => (
            <label class="choice">
              <input
                type="radio"
                {...fieldAttributes('which')}
                id={`field-which-${which}`}
                value={which}
                required
              />
              the {which}, {timeText(ambiguity[which])} ({offsetText(ambiguity[which]).slice(-6)})
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

/** Half hours to half a day, whole hours to a day, and whatever the trip has now. */
function lengthsWith(current: string) {
  const usual = [
    ...Array.from({ length: 24 }, (_, i) => (i + 1) * 30),
    ...Array.from({ length: 12 }, (_, i) => (i + 13) * 60),
  ];
  const now = Number(current);
  const all = now > 0 && !usual.includes(now) ? [...usual, now].sort((a, b) => a - b) : usual;
  return all.map(minutes => ({ value: String(minutes), label: lengthText(minutes) }));
}
