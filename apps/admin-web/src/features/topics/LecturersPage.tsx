import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { endLecturer, reviewLecturer } from '@tongxin/contract/topics.lessons'
import { LECTURER_STATES, type LecturerShown, type LecturerState } from '@tongxin/contract/topics.words'
import { Button, EmptyState, type LampState } from '@tongxin/ui'
import { Plus, Presentation } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { AddLecturerDialog } from './AddLecturerDialog.tsx'
import { lecturersQuery } from './topics.api.ts'
import { useDone } from './use-done.ts'
import './topics.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(lecturersQuery(search))

const LAMPS: Readonly<Record<LecturerState, LampState>> = {
  submitted: 'warn',
  approved: 'ok',
  returned: 'late',
  ended: 'idle',
}
const columns: Column<LecturerShown>[] = [
  { key: 'name', textKey: 'topics.lecturer', render: (row) => row.name, isSortable: true, width: 110 },
  { key: 'orgName', textKey: 'topics.org', render: (row) => row.employer ?? row.orgName },
  { key: 'tags', textKey: 'topics.tags', render: (row) => row.tags.join('、') },
  { key: 'perMonth', textKey: 'topics.perMonth', render: (row) => row.maxPerMonth, isNumber: true, width: 110 },
  { key: 'slots', textKey: 'topics.slots', render: (row) => row.slots.length, isNumber: true, width: 110 },
]

/** Who offers to teach; credentials are reviewed by somebody else than who submitted them. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('topics.write')
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" whyNot={whyNot} icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('topics.addLecturer')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('topics.lecturers')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(lecturersQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={add}
        filters={[
          { key: 'text', label: t('topics.text'), kind: 'text' },
          {
            key: 'state',
            label: t('topics.state'),
            kind: 'choice',
            options: LECTURER_STATES.map((value) => ({ value, label: t(`words.topics.lecturer.${value}`) })),
          },
          { key: 'tag', label: t('topics.tags'), kind: 'text' },
        ]}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.topics.lecturer.${row.state}`) })}
        drawer={(row) => ({ title: row.name, body: <Review key={`${row.id}${row.state}`} row={row} /> })}
        empty={
          <EmptyState title={t('topics.noLecturers')} icon={<Presentation aria-hidden="true" />} act={add}>
            {t('topics.noLecturersHint')}
          </EmptyState>
        }
      />
      {isAdding ? <AddLecturerDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Review({ row }: { row: LecturerShown }) {
  const { t } = useTranslation()
  const done = useDone()
  const review = useWrite(reviewLecturer, done)
  const end = useWrite(endLecturer, done)
  const params = { id: row.id }
  const times = row.slots.map(({ onDate, part }) => `${onDate} ${t(`words.topics.part.${part}`)}`).join('；')
  const facts = [
    { label: t('topics.bio'), value: row.bio },
    { label: t('topics.name'), value: row.topics.join('；') },
    { label: t('topics.format'), value: row.formats.map((one) => t(`words.topics.format.${one}`)).join('、') },
    { label: t('topics.level'), value: row.levels.map((one) => t(`words.topics.level.${one}`)).join('、') },
    { label: t('topics.distance'), value: row.maxDistance },
    { label: t('topics.slots'), value: times },
    ...(row.reason ? [{ label: t('topics.reason'), value: row.reason }] : []),
  ]
  return (
    <div className="topics-glance">
      <Facts facts={facts} />
      {row.sampleFileId ? (
        <a href={`/api/v1/files/${row.sampleFileId}/content`} target="_blank" rel="noreferrer">
          {t('topics.sample', { name: row.sampleFileName ?? '' })}
        </a>
      ) : null}
      <div className="topics-acts">
        {row.canReview ? (
          <>
            <AskedAct
              verb={t('topics.approve')}
              lead={row.name}
              save={review}
              input={() => ({ params, body: { isApproved: true } })}
            />
            <AskedAct
              verb={t('topics.sendBack')}
              lead={row.name}
              reasonLabel={t('topics.reason')}
              save={review}
              input={(reason) => ({ params, body: { isApproved: false, reason } })}
            />
          </>
        ) : null}
        {row.state === 'ended' ? null : (
          <AskedAct
            verb={t('topics.end')}
            lead={t('topics.endLead')}
            reasonLabel={t('topics.reason')}
            save={end}
            input={(reason) => ({ params, body: { reason } })}
          />
        )}
      </div>
    </div>
  )
}
