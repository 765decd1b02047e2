import { useQuery } from '@tanstack/react-query'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { HallControl } from './HallItem.tsx'
import { meetingQuery } from './meetings.api.ts'
import { spanOf } from './meetings.format.ts'
import { Quorums } from './Quorums.tsx'

/** A meeting beside the list: the facts one looks for, and whether it can vote. */
export function MeetingFacts({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: meeting, error, refetch } = useQuery(meetingQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!meeting) return <Skeleton lines={6} />
  const facts = [
    [t('meetings.when'), spanOf(meeting)],
    [t('meetings.place'), meeting.place],
    [t('meetings.chair'), meeting.chair?.name],
    [t('meetings.recorder'), meeting.recorder?.name],
    [
      t('meetings.presence'),
      t('meetings.presentOf', {
        present: meeting.counts.present,
        called: meeting.counts.voters + meeting.counts.nonvoters,
      }),
    ],
    [t('meetings.fileBy'), meeting.fileBy],
    [t('meetings.cancelledReason'), meeting.cancelledReason],
  ].filter(([, value]) => value)
  return (
    <>
      <dl className="meeting-facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {meeting.agenda.length > 0 ? (
        <>
          <h3>{t('meetings.agenda')}</h3>
          <ol>
            {meeting.agenda.map((item) => (
              <li key={item.id}>{item.title}</li>
            ))}
          </ol>
        </>
      ) : null}
      <Quorums quorums={meeting.quorums} />
      <HallControl meeting={meeting} />
    </>
  )
}
