import { addMinutes, minutesBetween, type Instant } from '../time.ts';
import type { IncidentScope, ProviderEvent } from './model.ts';

/** Whether an event's time fits an incident: `weak` is in time but proves little. */
export interface TimeFit {
  readonly fit: 'yes' | 'weak' | 'no';
  readonly words: string;
}

/** Claimed ends and onsets are both rough; an event over this long before onset is another story. */
const END_SLACK_MINUTES = 15;

/**
 * An event said to have begun this much after onset is hardly the onset's cause. Generous, because several providers
 * give the time of the post as the start: nine in ten first posts of Google Cloud came within 429 minutes.
 */
const START_SLACK_MINUTES = 429;

/**
 * Open for this long without a word when the incident began: AWS listed two regions as disrupted for months. Measured to onset, not
 * to now, so that an incident looked at long afterwards is judged as it would have been then.
 */
const ZOMBIE_DAYS = 7;

/** Compares the event's claimed time with [onset, now]. `told` is its first public word. */
export function compareTime(event: ProviderEvent, scope: IncidentScope, told: Instant | null): TimeFit {
  const dismissed = DISMISSED[event.lifecycle];
  if (dismissed !== undefined) return { fit: 'no', words: dismissed };
  const end = event.claimedEnd ?? (event.lifecycle === 'closed' ? event.lastUpdate : null);
  if (end !== null && end < addMinutes(scope.onset, -END_SLACK_MINUTES)) {
    return { fit: 'no', words: `it was over ${span(end, scope.onset)} before onset` };
  }
  const start = startOf(event, scope, told);
  const late = minutesBetween(scope.onset, start);
  if (late > START_SLACK_MINUTES) {
    return { fit: 'weak', words: `it began ${span(scope.onset, start)} after onset` };
  }
  if (
    end === null &&
    event.lastUpdate !== null &&
    minutesBetween(event.lastUpdate, scope.onset) > ZOMBIE_DAYS * 1440
  ) {
    return {
      fit: 'weak',
      words: `it is still listed as open, but its last word was ${span(event.lastUpdate, scope.onset)} before onset`,
    };
  }
  return { fit: 'yes', words: fittingWords(event, scope, start, end) };
}

const DISMISSED: Readonly<Partial<Record<ProviderEvent['lifecycle'], string>>> = {
  false_positive: 'the provider withdrew it as a false alarm',
  merged: 'the provider merged it into another event',
  upcoming: 'it is announced and has not begun',
};

/**
 * The earliest sign of the event, never in the future: claimed starts have been hours ahead of the clock, and an event
 * that is already told has begun.
 */
function startOf(event: ProviderEvent, scope: IncidentScope, told: Instant | null): Instant {
  const signs = [event.claimedStart, event.publishedAt, told, scope.now].filter((at) => at !== null);
  return signs.sort()[0] ?? scope.now;
}

function fittingWords(
  event: ProviderEvent,
  scope: IncidentScope,
  start: Instant,
  end: Instant | null,
): string {
  const state = end === null ? (event.lifecycle === 'recovering' ? 'recovering' : 'open') : 'over by now';
  if (event.claimedStart === null) return `the time fits (${state}, no start claimed)`;
  if (start > scope.onset) return `the time fits (${state}, from ${span(scope.onset, start)} after onset)`;
  if (start === scope.onset) return `the time fits (${state}, from the minute of onset)`;
  return `the time fits (${state}, from ${span(start, scope.onset)} before onset)`;
}

/** A span in the unit that people would use. */
function span(from: Instant, to: Instant): string {
  const minutes = Math.round(minutesBetween(from, to));
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}
