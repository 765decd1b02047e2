import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { TalkRow } from '@tongxin/contract/meetings.talks'
import { Button, EmptyState } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { talkMatrixQuery, talksQuery, thisYear, YEARS_BACK, yearIn } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import { OpenTalk, TalkDialog } from './TalkDialogs.tsx'
import { TalkMatrix } from './TalkMatrix.tsx'
import './year.css'

const asked = (search: ScreenProps['search']) => ({ ...search, year: String(yearIn(search)) })

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(talksQuery(asked(search as ScreenProps['search'])))

/** Heart-to-heart talks: who with whom and when. What was said is opened by the two and the secretary only. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(['meetings.talk_noted'], ALL_MEETINGS)
  const { whyNot } = useCan()('meetings.convene')
  const [isNoting, setNoting] = useState(false)
  const year = yearIn(search)
  const matrix = useQuery(talkMatrixQuery(year, search.orgId))
  const columns: Column<TalkRow>[] = [
    { key: 'heldOn', textKey: 'meetings.talk.heldOn', render: (row) => row.heldOn, isSortable: true, width: 130 },
    { key: 'first', textKey: 'meetings.talk.first', render: (row) => row.firstName, width: 120 },
    { key: 'second', textKey: 'meetings.talk.second', render: (row) => row.secondName, width: 120 },
    { key: 'kind', textKey: 'meetings.kind', render: (row) => t(`meetings.talk.kind.${row.kind}`), width: 150 },
    { key: 'org', textKey: 'meetings.branch', render: (row) => row.orgName },
    { key: 'place', textKey: 'meetings.place', render: (row) => row.place ?? '' },
  ]
  return (
    <>
      <ListPage
        title={t('meetings.talk.list')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(talksQuery(asked(search)))}
        search={search}
        setSearch={setSearch}
        primary={
          <Button
            kind="primary"
            icon={<Plus size="1.1em" aria-hidden="true" />}
            whyNot={whyNot ?? (matrix.data && !matrix.data.isBranch ? t('meetings.talk.branchFirst') : undefined)}
            onClick={() => setNoting(true)}
          >
            {t('meetings.talk.note')}
          </Button>
        }
        filters={[
          { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
          {
            key: 'year',
            label: t('meetings.year'),
            kind: 'choice',
            options: YEARS_BACK.map((back) => String(thisYear() - back)).map((value) => ({ value, label: value })),
          },
        ]}
        drawer={(row) => ({ title: `${row.firstName} · ${row.secondName}`, body: <OpenTalk row={row} /> })}
        lead={matrix.data?.isBranch ? <TalkMatrix matrix={matrix.data} /> : null}
        empty={
          matrix.data?.mayReadAll === false ? (
            <EmptyState title={t('meetings.talk.noneShown')}>{t('meetings.talk.countsOnly')}</EmptyState>
          ) : (
            <EmptyState title={t('meetings.talk.none')}>{t('meetings.talk.noneHint')}</EmptyState>
          )
        }
      />
      {isNoting && matrix.data ? <TalkDialog matrix={matrix.data} onClose={() => setNoting(false)} /> : null}
    </>
  )
}
