import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { explainFinding, FINDING_STATES, type FindingRow } from '@tongxin/contract/members.quality'
import { FINDING_CODES } from '@tongxin/domain/members/quality'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { useMemberWords } from '../use-member-words.ts'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, findingsQuery, QUALITY_EVENTS, saveFindings } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(findingsQuery(search))

const columns: Column<FindingRow>[] = [
  { key: 'code', textKey: 'quality.finding', render: (row) => <Finding row={row} />, width: 260 },
  { key: 'name', textKey: 'quality.about', render: (row) => <About row={row} />, width: 140 },
  { key: 'org', textKey: 'quality.org', render: (row) => row.orgName },
  { key: 'found', textKey: 'quality.foundAt', render: (row) => dateOf(row.foundAt), isSortable: true, width: 120 },
  { key: 'state', textKey: 'quality.state', render: (row) => <State row={row} />, width: 300 },
]

const AMOUNTS: Readonly<Partial<Record<string, string>>> = {
  entered_too_fast: 'quality.rowsInMinute',
  photo_repeated: 'quality.peopleAlike',
}

function Finding({ row }: { row: FindingRow }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  return (
    <span className="merge-side">
      <Lamp state={row.state !== 'open' ? 'idle' : row.severity === 'stop' ? 'late' : 'warn'}>
        {word('quality', row.code)}
      </Lamp>
      {row.amount === null ? null : (
        <span className="hint">
          {t(AMOUNTS[row.code] ?? 'quality.peopleSharing', {
            count: row.amount,
            minute: row.minute === null ? '' : `${dateOf(row.minute)} ${shanghaiTime(row.minute)}`,
          })}
        </span>
      )}
    </span>
  )
}

const shanghaiTime = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16)

function About({ row }: { row: FindingRow }) {
  const { t } = useTranslation()
  if (row.memberId === null) return row.name
  return (
    <span className="merge-side">
      <Link to={paths.members.one(row.memberId)}>{row.name}</Link>
      {row.others.map(({ memberId, name, orgName }) => (
        <span key={memberId} className="hint">
          {t('quality.samePhoto')} <Link to={paths.members.one(memberId)}>{name}</Link> · {orgName}
        </span>
      ))}
    </span>
  )
}

function State({ row }: { row: FindingRow }) {
  const { t } = useTranslation()
  const can = useCan()
  const [isAsking, setAsking] = useState(false)
  const explain = useWrite(explainFinding, {
    refreshes: ALL_QUALITY,
    onDone: () => {
      say(t('quality.explainedSaid'))
      setAsking(false)
    },
  })
  if (row.state === 'mended') return <Lamp state="ok">{t('quality.findingState.mended')}</Lamp>
  if (row.state === 'explained')
    return <Lamp state="idle">{t('quality.explainedBy', { name: row.settledBy, reason: row.reason })}</Lamp>
  return (
    <span className="finding-acts">
      {row.memberId === null ? null : (
        <Link to={row.code === 'photo_repeated' ? paths.members.one(row.memberId) : paths.members.edit(row.memberId)}>
          {t('quality.mend')}
        </Link>
      )}
      {row.severity === 'stop' ? (
        <span className="hint">{t('quality.cannotBe')}</span>
      ) : (
        <Button kind="quiet" {...can('members.review')} onClick={() => setAsking(true)}>
          {t('quality.explain')}
        </Button>
      )}
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('quality.explainTitle', { name: row.name })}
          verb={t('quality.explain')}
          reasonLabel={t('quality.explanation')}
          isBusy={explain.isPending}
          error={explain.error}
          onConfirm={(reason) => explain.mutate({ params: { id: row.id }, body: { reason } })}
        >
          <p>{t('quality.explainHint')}</p>
        </ConfirmDialog>
      ) : null}
    </span>
  )
}

/** What looks untrue, and what was said to it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('members.export')
  const { word } = useMemberWords()
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  return (
    <ListPage
      title={t('quality.view.findings')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(findingsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        { key: 'orgId', label: t('quality.org'), kind: 'organisation' },
        {
          key: 'state',
          label: t('quality.state'),
          kind: 'choice',
          options: FINDING_STATES.map((value) => ({ value, label: t(`quality.findingState.${value}`) })),
        },
        {
          key: 'code',
          label: t('quality.finding'),
          kind: 'choice',
          options: FINDING_CODES.map((value) => ({ value, label: word('quality', value) })),
        },
      ]}
      lead={
        <>
          <QualityViews now="findings" />
          <p className="hint">{t('quality.findingsHint')}</p>
        </>
      }
      onExport={({ format, purpose }) => saveFindings(search, { format, purpose }, i18n.language)}
      exportWhyNot={whyNot}
      empty={<EmptyState title={t('quality.noFindings')}>{t('quality.noFindingsHint')}</EmptyState>}
    />
  )
}
