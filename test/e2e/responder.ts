import { expect, type Page } from '@playwright/test';
import type { Check } from '../../main/core/playbook/definition.ts';
import { answerKeys } from '../../renderer/features/triage/answer-keys.ts';
import { deepenedPlaybooks } from '../core/playbook/built-in.ts';
import { generalPlaybook } from '../core/playbook/general-playbook.ts';
import { choose, goTo, tabTo, typeInto, typeTokens } from './keyboard.ts';

/** Every check of the built-in playbooks: which of them an incident follows depends on how it was declared. */
function builtInChecks(): readonly Check[] {
  return [generalPlaybook(), ...deepenedPlaybooks()].flatMap(({ checks }) => checks);
}

/** What somebody who makes a check finds out; a check that is not listed could not be made. */
export type Findings = Readonly<Record<string, readonly string[]>>;

export interface Declaration {
  readonly title: string;
  /** As typed, e.g. `2025-06-12 17:51Z`. */
  readonly onset: string;
  readonly provider: string;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly severity: string;
  readonly lead: string;
  /** As its title begins; the proposed one when left out. */
  readonly playbook?: string;
}

export interface Person {
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly mail: string;
}

/** An on-call engineer at the keyboard: no mouse is ever used. */
export class Responder {
  readonly window: Page;
  readonly #checks = builtInChecks();

  constructor(window: Page) {
    this.window = window;
  }

  /** Waits until the list of incidents is on the screen. */
  async ready(): Promise<void> {
    await expect(this.window.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();
  }

  /** Points the built-in feed of a provider at another address. */
  async setFeedAddress(feed: string, url: string): Promise<void> {
    await goTo(this.window, 'f', 'Feeds');
    await tabTo(this.window, `Edit ${feed}`);
    await this.window.keyboard.press('Enter');
    await typeInto(this.window, 'Address', url);
    await this.window.keyboard.press('Enter');
    await expect(this.window.getByRole('dialog')).toBeHidden();
    await expect(this.window.getByText(url)).toBeVisible();
  }

  async addContact({ name, role, phone, mail }: Person): Promise<void> {
    await goTo(this.window, 'c', 'Contacts');
    await this.window.keyboard.press('a');
    await typeInto(this.window, 'Name of the person or desk', name);
    await tabTo(this.window, /Called for/);
    await this.window.keyboard.press('Enter');
    await this.window.keyboard.type(role);
    await this.window.keyboard.press('Enter');
    await typeInto(this.window, 'Phone', phone);
    await typeInto(this.window, 'Mail', mail);
    await this.window.keyboard.press('Enter');
    await expect(this.window.getByRole('dialog')).toBeHidden();
    await expect(this.window.getByText(phone)).toBeVisible();
  }

  async declare(what: Declaration): Promise<void> {
    await goTo(this.window, 'n', 'Declare an incident');
    await typeInto(this.window, 'Title', what.title);
    await typeInto(this.window, 'Onset', what.onset);
    await choose(this.window, 'Provider', what.provider);
    await typeTokens(this.window, 'Services', what.services);
    await typeTokens(this.window, 'Regions', what.regions);
    await choose(this.window, 'Severity, 1 is the worst', what.severity);
    await typeInto(this.window, 'Lead', what.lead);
    if (what.playbook !== undefined) {
      await tabTo(this.window, /Playbook/);
      await this.window.keyboard.press('Enter');
      await this.window.keyboard.type(what.playbook);
      await this.window.keyboard.press('Enter');
      await expect(this.window.getByText('Chosen by hand.')).toBeVisible();
    }
    await this.window.keyboard.press('ControlOrMeta+Enter');
    await expect(this.window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();
  }

  /** The check on the screen; null when nothing is asked. */
  async currentCheck(): Promise<Check | null> {
    const question = await this.window.locator('#question').textContent();
    return this.#checks.find((check) => check.question === question) ?? null;
  }

  /** Answers the check on the screen and waits until another is asked. Gives back what was answered. */
  async answer(findings: Findings, numbers: Readonly<Record<string, string>> = {}): Promise<string> {
    const check = await this.currentCheck();
    if (check === null) throw new Error('No check is on the screen.');
    const answers = findings[check.id] ?? ['could_not_check'];
    for (const answer of answers) await this.#press(check, answer);
    const marks = check.several && answers[0] !== 'could_not_check';
    if (marks) await this.window.keyboard.press('Enter');
    const asks = check.answers.find(({ id }) => id === answers[0])?.number === true;
    if (asks) {
      await this.window.keyboard.type(numbers[check.id] ?? '0');
      await this.window.keyboard.press('Enter');
    }
    await expect(this.window.locator('#question')).not.toHaveText(check.question);
    return `${check.id}: ${answers.join(', ')}`;
  }

  /** Answers check after check until the verdict can be accepted, at most `most` of them. */
  async answerUntilDeclared(
    findings: Findings,
    numbers: Readonly<Record<string, string>>,
    most = 24,
  ): Promise<string[]> {
    const answered: string[] = [];
    while (answered.length < most && !(await this.isDeclared())) {
      answered.push(await this.answer(findings, numbers));
    }
    return answered;
  }

  isDeclared(): Promise<boolean> {
    return this.window.getByRole('button', { name: /^Accept verdict/ }).isVisible();
  }

  async #press(check: Check, answer: string): Promise<void> {
    const key = answerKeys(check).find((one) => one.answer.id === answer)?.key;
    if (key === undefined) throw new Error(`${check.id} has no answer ${answer}.`);
    await this.window.keyboard.press(key);
  }

  /** Accepts the engine's verdict; the escalation's view follows. */
  async accept(): Promise<void> {
    await this.window.keyboard.press('a');
    const dialog = this.window.getByRole('dialog', { name: 'Accept a verdict' });
    await expect(dialog).toBeVisible();
    await this.window.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Escalation' })).toBeAttached();
  }

  /** Records an attempt for the level that is due next: `a` answered, `x` no answer, `d` done. */
  async page(key: 'a' | 'x' | 'd', note: string): Promise<void> {
    await this.window.keyboard.press(key);
    const dialog = this.window.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await tabTo(this.window, 'Note');
    await this.window.keyboard.type(note);
    await this.window.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  }

  /** Exports Markdown and JSON; gives the folder they are in. */
  async exportTimeline(): Promise<string> {
    await this.window.keyboard.press('ControlOrMeta+e');
    const dialog = this.window.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: 'Write the files' })).toBeFocused();
    await this.window.keyboard.press('Enter');
    const folder = await dialog.getByRole('status').locator('code').textContent();
    await this.window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    if (folder === null) throw new Error('The export named no folder.');
    return folder;
  }
}
