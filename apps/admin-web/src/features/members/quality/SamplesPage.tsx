import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { type CheckSampleRow, drawSample } from '@tongxin/contract/members.quality'
import { Button, dateOf, EmptyState, Lamp, Select, say } from '@tongxin/ui'
import { Dices } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { FormDialog } from '../../../shared/FormDialog.tsx'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, QUALITY_EVENTS, samplesQuery } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(samplesQuery(search))

const columns: Column<CheckSampleRow>[] = [
  {
    key: 'quarter',
    textKey: 'quality.sample.quarter',
    render: (row) => <Link to={paths.quality.sample(row.id)}>{row.quarter}</Link>,
    isSortable: true,
    width: 110,
  },
  { key: 'org', textKey: 'quality.org', render: (row) => row.orgName },
  { key: 'drawn', textKey: 'quality.sample.drawn', render: (row) => <Drawn row={row} />, width: 210 },
  { key: 'open', textKey: 'quality.state', render: (row) => <Progress row={row} />, width: 190 },
  {
    key: 'seed',
    textKey: 'quality.sample.seed',
    render: (row) => <code className="seed">{row.seed}</code>,
    width: 290,
  },
  { key: 'at', textKey: 'quality.sample.at', render: (row) => dateOf(row.drawnAt), width: 120 },
]

function Drawn({ row }: { row: CheckSampleRow }) {
  const { t } = useTranslation()
  return t('quality.sample.drawnOf', { drawn: row.drawn, approved: row.approved, percent: row.percent })
}

function Progress({ row }: { row: CheckSampleRow }) {
  const { t } = useTranslation()
  return (
    <span className="doubts">
      <Lamp state={row.open > 0 ? 'warn' : 'ok'}>
        {row.open > 0 ? t('quality.sample.open', { count: row.open }) : t('quality.sample.done')}
      </Lamp>
      {row.wrong > 0 ? <Lamp state="late">{t('quality.sample.wrong', { count: row.wrong })}</Lamp> : null}
    </span>
  )
}

/** The last four quarters that are over, newest first. */
function pastQuarters(now: Date): string[] {
  const [year, month] = new Date(now.getTime() + 8 * 3_600_000).toISOString().split('-').map(Number) as [number, number]
  const running = year * 4 + Math.ceil(month / 3) - 1
  return [1, 2, 3, 4].map((back) => `${Math.floor((running - back) / 4)}Q${((running - back) % 4) + 1}`)
}

/** Draws of approved rows, each with the seed by which anybody draws the same. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isDrawing, setDrawing] = useState(false)
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const act = (
    <Button
      kind="primary"
      icon={<Dices size="1.1em" aria-hidden="true" />}
      {...can('members.approve')}
      onClick={() => setDrawing(true)}
    >
      {t('quality.sample.draw')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('quality.view.samples')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(samplesQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={act}
        lead={
          <>
            <QualityViews now="samples" />
            <p className="hint">{t('quality.sample.hint')}</p>
          </>
        }
        empty={<EmptyState title={t('quality.sample.none')}>{t('quality.sample.noneHint')}</EmptyState>}
      />
      {isDrawing ? <DrawDialog onClose={() => setDrawing(false)} /> : null}
    </>
  )
}

function DrawDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [quarter, setQuarter] = useState('')
  const save = useWrite(drawSample, {
    refreshes: ALL_QUALITY,
    onDone: ({ drawn }) => {
      say(t('quality.sample.drawnSaid', { count: drawn }))
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('quality.sample.draw')}
      verb={t('quality.sample.draw')}
      lead={t('quality.sample.drawLead')}
      labels={{ '/body/quarter': t('quality.sample.quarter') }}
      whyNot={quarter === '' ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ body: { quarter } })}
    >
      <Select
        label={t('quality.sample.quarter')}
        required
        value={quarter}
        onChange={setQuarter}
        options={pastQuarters(new Date()).map((value) => ({ value, label: value }))}
      />
    </FormDialog>
  )
}
