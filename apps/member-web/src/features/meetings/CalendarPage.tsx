import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { endFeed, makeFeed, readFeed } from '@tongxin/contract/meetings.own'
import { Button, RefusalText, say, whenText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'

const feedQuery = queryOptions({ queryKey: ['calendar-feed'], queryFn: ({ signal }) => call(readFeed, { signal }) })
export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(feedQuery)

/** The address under which a calendar program follows my meetings; made anew or ended at any time. */
export function Page() {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(feedQuery)
  const [url, setUrl] = useState<string | null>(null)
  const make = useWrite(makeFeed, { refreshes: [['calendar-feed']], onDone: (reply) => setUrl(reply.url) })
  const end = useWrite(endFeed, {
    refreshes: [['calendar-feed']],
    onDone: () => {
      setUrl(null)
      say(t('meetings.feedEnded'))
    },
  })
  const copy = async () => {
    await navigator.clipboard.writeText(url ?? '')
    say(t('meetings.copied'))
  }
  return (
    <PageFrame title={t('meetings.calendar')}>
      <section className="card">
        <p>{t('meetings.calendarHint')}</p>
        {data.madeAt ? (
          <p className="hint">{t('meetings.feedSince', { when: whenText(data.madeAt, Date.now(), i18n.language) })}</p>
        ) : null}
        {url ? (
          <>
            <output className="feed-url">{url}</output>
            <p className="hint">{t('meetings.feedOnce')}</p>
            <Button wide onClick={() => void copy()}>
              {t('meetings.copy')}
            </Button>
          </>
        ) : null}
        <Button kind="primary" wide isBusy={make.isPending} onClick={() => make.mutate({ body: {} })}>
          {t(data.madeAt ? 'meetings.feedAnew' : 'meetings.feedMake')}
        </Button>
        {data.madeAt ? (
          <Button wide kind="danger" isBusy={end.isPending} onClick={() => end.mutate({})}>
            {t('meetings.feedEnd')}
          </Button>
        ) : null}
        <RefusalText error={make.error ?? end.error} />
      </section>
    </PageFrame>
  )
}
