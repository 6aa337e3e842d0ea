import { useState, type ReactNode } from 'react';
import { isAwsHealth } from '../../../main/core/feeds/kinds.ts';
import type { FeedView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Checkbox } from '../../components/checkbox-group.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { remoteList } from '../../lib/remote-list.ts';
import { FEED_KIND_WORDS, keysOf, PROVIDER_WORDS } from '../../lib/words.ts';
import { FeedEditor } from './feed-editor.tsx';
import { feedInput, type FeedDraft } from './feed-input.ts';
import styles from './feeds-view.module.css';

const useFeeds = remoteList(() => request('listFeeds', {}), ['feeds']);

const BLANK: FeedDraft = {
  id: null,
  name: '',
  provider: 'aws',
  kind: 'statuspage',
  url: '',
  enabled: true,
  builtin: false,
};

/** Where providers say how they are. Any address can be set: a recorded feed on this machine works the same way. */
export function FeedsView(): ReactNode {
  const { items, fault, load } = useFeeds();
  const [editing, setEditing] = useState<FeedDraft | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const add = (): void => {
    setEditing(BLANK);
  };
  useCommands([{ id: 'feeds.add', title: 'Add a feed', keys: ['a'], group: 'Window', run: add }]);

  const enable = async (feed: FeedView, enabled: boolean): Promise<void> => {
    const reply = await request('saveFeed', feedInput({ ...feed, enabled }));
    setRefusal(reply.ok ? null : reply.error.message);
    await load();
  };

  const enabled = items?.filter((feed) => feed.enabled).length ?? 0;
  const shown = refusal ?? fault;
  return (
    <View
      title="Feeds"
      lead={
        items === null
          ? undefined
          : `${enabled} of ${counted(items.length, 'feed')} ${enabled === 1 ? 'is' : 'are'} read while an incident of their provider is open.`
      }
      actions={
        <Button variant="primary" keys="a" onPress={add}>
          Add a feed
        </Button>
      }
    >
      {shown !== null && (
        <Callout kind="fault" action={<Button onPress={() => void load()}>Try again</Button>}>
          {shown}
        </Callout>
      )}
      {keysOf(PROVIDER_WORDS).map((provider) => {
        const feeds = items?.filter((feed) => feed.provider === provider) ?? [];
        return feeds.length === 0 ? null : (
          <section key={provider} aria-label={PROVIDER_WORDS[provider]}>
            <h2 className={styles['provider']}>{PROVIDER_WORDS[provider]}</h2>
            <ul className={styles['list']}>
              {feeds.map((feed) => (
                <li key={feed.id} className={styles['feed']}>
                  <Checkbox
                    aria-label={`Read ${feed.name}`}
                    isSelected={feed.enabled}
                    onChange={(isSelected) => void enable(feed, isSelected)}
                  >
                    <span className={styles['name']}>{feed.name}</span>
                  </Checkbox>
                  <span className={styles['kind']}>
                    {FEED_KIND_WORDS[feed.kind]}
                    {!feed.builtin && ' · own'}
                    {feed.doubt !== null && <span className={styles['doubt']}>{feed.doubt}</span>}
                  </span>
                  {isAwsHealth(feed.url) ? (
                    <span className={styles['kind']}>
                      asked with your own AWS profile, SSO or environment
                    </span>
                  ) : (
                    <>
                      <code className={styles['url']} title={feed.url}>
                        {feed.url}
                      </code>
                      <Button
                        variant="quiet"
                        aria-label={`Edit ${feed.name}`}
                        onPress={() => {
                          setEditing(feed);
                        }}
                      >
                        Edit
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {editing !== null && (
        <FeedEditor
          feed={editing}
          onClose={() => {
            setEditing(null);
            void load();
          }}
        />
      )}
    </View>
  );
}
