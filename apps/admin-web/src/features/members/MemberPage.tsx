import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { MemberRecord, TimelineRow } from '@tongxin/contract/members'
import { Lamp, type TimelineEntry } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ChangesTab } from './ChangesTab.tsx'
import { DossierTab } from './DossierTab.tsx'
import { EntriesTab, SHOWN_KINDS } from './EntriesTab.tsx'
import { FieldsTab } from './FieldsTab.tsx'
import { RECORD_LAMPS } from './lamps.ts'
import { MemberActs } from './MemberActs.tsx'
import { CHANGE_EVENTS, MEMBER_EVENTS, memberQuery, timelineQuery } from './members.api.ts'
import { Portrait } from './PhotoDialog.tsx'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  Promise.all([
    queryClient.ensureQueryData(memberQuery(params.id ?? '')),
    queryClient.ensureQueryData(timelineQuery(params.id ?? '')),
  ])

/** The record of a member: facts by group, sub-tables, what is proposed, and at the right what changed when. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { word, valueText } = useMemberWords()
  const id = params.id ?? ''
  const { data: record } = useSuspenseQuery(memberQuery(id))
  const { data: timeline } = useQuery(timelineQuery(id))
  useLive([...MEMBER_EVENTS, ...CHANGE_EVENTS], [['members']])
  const entryOf = useTimelineEntry()
  const { card } = record
  return (
    <RecordPage
      trail={[{ label: t('members.title'), path: paths.members.list() }]}
      name={card.name}
      seal={<Portrait record={record} />}
      state={
        <>
          <Lamp state={RECORD_LAMPS[card.recordState]}>{word('recordState', card.recordState)}</Lamp>{' '}
          {record.inTransferSince ? <Lamp state="info">{t('members.inTransfer')}</Lamp> : null}
        </>
      }
      facts={[
        { label: word('columns', 'category'), value: valueText('category', card.category) },
        { label: word('columns', 'orgName'), value: card.orgName },
        { label: word('columns', 'joinedOn'), value: card.joinedOn ?? t('ui.nothing') },
        { label: t('members.completeness'), value: `${card.completeness} %` },
      ]}
      acts={<MemberActs record={record} />}
      tabs={[...fieldTabs(record, t), ...tableTabs(record, t)]}
      {...(timeline ? { timeline: timeline.rows.map(entryOf) } : {})}
      search={search}
      setSearch={setSearch}
    />
  )
}

const fieldTabs = (record: MemberRecord, t: TFunction) =>
  (['identity', 'party', 'work', 'contact', 'circumstances'] as const).map((group) => ({
    key: group,
    label: t(`members.group.${group}`),
    body: <FieldsTab record={record} group={group} />,
  }))

const tableTabs = (record: MemberRecord, t: TFunction) => [
  {
    key: 'entries',
    label: t('members.entries', { count: record.entries.filter((entry) => SHOWN_KINDS.includes(entry.kind)).length }),
    body: <EntriesTab record={record} />,
  },
  { key: 'dossier', label: t('members.dossier.title'), body: <DossierTab record={record} /> },
  {
    key: 'changes',
    label: t('members.openChanges', { count: record.openChanges.length }),
    body: <ChangesTab record={record} />,
  },
]

function useTimelineEntry(): (row: TimelineRow) => TimelineEntry {
  const { t } = useTranslation()
  const { word, fieldLabel, valueText } = useMemberWords()
  return (row) => ({
    id: row.id,
    at: row.at,
    who: row.by ?? t('members.nobody'),
    what: word('source', row.source),
    // A first registration fills every field; listing them all would hide the rest of the history.
    ...(row.version > 1
      ? {
          changes: row.fields.map(({ field, from, to }) => ({
            field: fieldLabel(field),
            old: valueText(field, from),
            new: valueText(field, to),
          })),
        }
      : {}),
    ...(row.reason ? { reason: row.reason } : {}),
  })
}
