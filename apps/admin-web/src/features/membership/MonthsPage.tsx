import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { closeMonth, confirmMonth, type MonthRow, reopenMonth } from '@tongxin/contract/membership.months'
import { Button, ConfirmDialog, EmptyState, Lamp, MonthInput, say, TextArea } from '@tongxin/ui'
import { Scale } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Movements } from './Movements.tsx'
import { ALL_MEMBERSHIP, monthQuery } from './membership.api.ts'
import './membership.css'

/** The running month in China. */
const running = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' }).format(new Date())
const asked = (search: Readonly<Record<string, string>>) => ({ ...search, month: search.month || running() })

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(monthQuery(asked(search as never)))

function useColumns(month: string): Column<MonthRow>[] {
  const { t } = useTranslation()
  const number = (key: 'opening' | 'increase' | 'decrease' | 'closing'): Column<MonthRow> => ({
    key,
    textKey: `membership.${key}`,
    render: (row) => row[key],
    isNumber: true,
    width: 90,
    total: (rows) => rows.reduce((sum, row) => sum + row[key], 0),
  })
  return [
    { key: 'name', textKey: 'membership.branch', render: (row) => row.name, isSortable: true },
    number('opening'),
    number('increase'),
    number('decrease'),
    number('closing'),
    {
      key: 'recorded',
      textKey: 'membership.recorded',
      render: (row) => row.recorded ?? '—',
      isNumber: true,
      width: 100,
    },
    {
      key: 'balanced',
      textKey: 'membership.balance',
      render: (row) =>
        row.balanced === null ? (
          <Lamp state="idle">{t('membership.notCounted')}</Lamp>
        ) : (
          <Lamp state={row.balanced ? 'ok' : 'late'}>
            {row.balanced
              ? t('membership.balanced')
              : t('membership.differs', { count: (row.recorded ?? 0) - row.closing })}
          </Lamp>
        ),
      width: 150,
    },
    {
      key: 'state',
      textKey: 'membership.stateLabel',
      render: (row) => <Stand row={row} month={month} />,
      width: 220,
    },
  ]
}

/** Opening, increases, decreases and closing of a month, unit by unit, beside what the records say. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { month, ...rest } = asked(search as never)
  const query = useQuery(monthQuery({ ...rest, month }))
  const whole = query.data?.whole
  return (
    <ListPage
      title={t('membership.monthsTitle')}
      columns={useColumns(month)}
      rowKey={(row) => row.unitId}
      query={query}
      search={search}
      setSearch={setSearch}
      filters={[{ key: 'orgId', label: t('membership.branch'), kind: 'organisation' }]}
      lead={
        <div className="month-lead">
          <MonthInput
            label={t('membership.month')}
            max={running()}
            value={month}
            onChange={(value) => setSearch({ month: value, cursor: '' })}
          />
          {whole ? (
            <p className="month-sum">
              {t('membership.sum', {
                opening: whole.opening,
                increase: whole.increase,
                decrease: whole.decrease,
                closing: whole.closing,
              })}{' '}
              <WholeLamp unbalanced={whole.unbalanced} uncounted={whole.uncounted} />
            </p>
          ) : null}
        </div>
      }
      drawer={(row) => ({ title: row.name, body: <Movements unitId={row.unitId} month={month} causes={row.causes} /> })}
      empty={
        <EmptyState title={t('membership.noMonth')} icon={<Scale aria-hidden="true" />}>
          {t('membership.noMonthHint')}
        </EmptyState>
      }
    />
  )
}

/** Whether everything of the place balances; what was not counted yet is not called right. */
function WholeLamp({ unbalanced, uncounted }: { unbalanced: number; uncounted: number }) {
  const { t } = useTranslation()
  if (unbalanced > 0) return <Lamp state="late">{t('membership.unbalanced', { count: unbalanced })}</Lamp>
  if (uncounted > 0) return <Lamp state="idle">{t('membership.uncounted', { count: uncounted })}</Lamp>
  return <Lamp state="ok">{t('membership.allBalanced')}</Lamp>
}

/** Where a month stands, and the next step of who may take it. */
function Stand({ row, month }: { row: MonthRow; month: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const [reopening, setReopening] = useState(false)
  const [asks, setAsks] = useState(false)
  const done = { refreshes: ALL_MEMBERSHIP, onDone: () => (say(t('membership.saved')), setAsks(false)) }
  const confirm = useWrite(confirmMonth, done)
  const close = useWrite(closeMonth, done)
  const isOpen = row.state === 'open'
  const mayWrite = can(isOpen ? 'membership.write' : 'membership.approve').whyNot === undefined
  const isOver = month < running()
  const body = { unitId: row.unitId, month }
  return (
    <div className="month-stand">
      <Lamp state={row.state === 'closed' ? 'ok' : isOpen ? 'idle' : 'info'}>
        {t(`words.membership.monthState.${row.state}`)}
      </Lamp>
      {mayWrite && isOver && row.state !== 'closed' ? (
        <Button
          kind="quiet"
          whyNot={isOpen && row.balanced === false ? t('membership.balanceFirst') : undefined}
          onClick={() => setAsks(true)}
        >
          {t(isOpen ? 'membership.confirmMonth' : 'membership.closeMonth')}
        </Button>
      ) : null}
      {mayWrite && !isOpen ? (
        <Button kind="quiet" onClick={() => setReopening(true)}>
          {t('membership.reopen')}
        </Button>
      ) : null}
      {asks ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsks(false)}
          title={t(isOpen ? 'membership.confirmMonthTitle' : 'membership.closeMonthTitle', { name: row.name, month })}
          verb={t(isOpen ? 'membership.confirmMonth' : 'membership.closeMonth')}
          isBusy={confirm.isPending || close.isPending}
          error={confirm.error ?? close.error}
          onConfirm={() => (isOpen ? confirm.mutate({ body }) : close.mutate({ body }))}
        >
          {t('membership.confirmMonthText', { closing: row.closing })}
        </ConfirmDialog>
      ) : null}
      {reopening ? <Reopen unitId={row.unitId} month={month} onClose={() => setReopening(false)} /> : null}
    </div>
  )
}

function Reopen({ unitId, month, onClose }: { unitId: string; month: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(reopenMonth, { refreshes: ALL_MEMBERSHIP, onDone: onClose })
  return (
    <FormDialog
      title={t('membership.reopen')}
      verb={t('membership.reopen')}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ body: { unitId, month, reason: reason.trim() } })}
    >
      <TextArea label={t('membership.why')} required rows={3} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
