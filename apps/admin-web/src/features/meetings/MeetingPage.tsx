import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { AdviceTab } from './AdviceTab.tsx'
import { AttendeesTab } from './AttendeesTab.tsx'
import { MeetingActs } from './MeetingActs.tsx'
import { MeetingFacts } from './MeetingFacts.tsx'
import { MinutesTab } from './MinutesTab.tsx'
import { ALL_MEETINGS, MEETING_EVENTS, meetingQuery } from './meetings.api.ts'
import { lampOf, spanOf } from './meetings.format.ts'
import { PapersTab } from './PapersTab.tsx'
import { PhotosTab } from './PhotosTab.tsx'
import { PrintTab } from './PrintTab.tsx'
import { SignaturesTab } from './SignaturesTab.tsx'
import { StudyTab } from './StudyTab.tsx'
import { VotesTab } from './VotesTab.tsx'
import './meetings.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(meetingQuery(params.id ?? ''))

/** One meeting from plan to archive; the acts at the right are those of its state. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { data: meeting } = useSuspenseQuery(meetingQuery(params.id ?? ''))
  const called = meeting.counts.voters + meeting.counts.nonvoters
  return (
    <RecordPage
      trail={[{ label: t('meetings.title'), path: paths.meetings.list() }]}
      seal={t('meetings.seal')}
      name={meeting.title}
      state={<Lamp state={lampOf(meeting)}>{t(`meetings.state.${meeting.state}`)}</Lamp>}
      facts={[
        { label: t('meetings.when'), value: spanOf(meeting) },
        { label: t('meetings.branch'), value: meeting.orgName },
        { label: t('meetings.presence'), value: t('meetings.presentOf', { present: meeting.counts.present, called }) },
      ]}
      acts={<MeetingActs meeting={meeting} />}
      tabs={[
        { key: 'facts', label: t('meetings.overview'), body: <MeetingFacts id={meeting.id} /> },
        {
          key: 'people',
          label: t('meetings.people'),
          body: <AttendeesTab meeting={meeting} search={search} setSearch={setSearch} />,
        },
        { key: 'before', label: t('meetings.advice.tab'), body: <AdviceTab meeting={meeting} /> },
        { key: 'papers', label: t('meetings.papers'), body: <PapersTab meeting={meeting} /> },
        {
          key: 'minutes',
          label: t('meetings.minutes'),
          body: <MinutesTab key={meeting.recordVersion} meeting={meeting} />,
        },
        { key: 'photos', label: t('meetings.photo.tab'), body: <PhotosTab meeting={meeting} /> },
        { key: 'votes', label: t('meetings.voting'), body: <VotesTab meeting={meeting} /> },
        { key: 'study', label: t('meetings.study.tab'), body: <StudyTab meeting={meeting} /> },
        { key: 'signatures', label: t('meetings.signatures'), body: <SignaturesTab meeting={meeting} /> },
        { key: 'print', label: t('meetings.print'), body: <PrintTab id={meeting.id} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
