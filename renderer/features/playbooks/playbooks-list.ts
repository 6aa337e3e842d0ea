import { request } from '../../lib/api.ts';
import { remoteList } from '../../lib/remote-list.ts';

/** Every playbook there is, asked for again when one was saved. */
export const usePlaybooks = remoteList(() => request('playbookShelf', {}), ['playbooks']);
