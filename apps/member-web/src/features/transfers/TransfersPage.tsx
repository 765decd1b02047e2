import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnTransfer, reportArrival } from '@tongxin/contract/transfers.acts'
import { Button, EmptyState, Lamp, type LampState, RefusalText, say } from '@tongxin/ui'
import { ArrowDown, ArrowRightLeft, Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_TRANSFERS, ownTransfersQuery, TRANSFER_EVENTS } from './transfers.api.ts'
import './transfers.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(ownTransfersQuery)

const OVER = new Set(['received', 'returned', 'revoked'])
const CLOCKS = { green: 'info', yellow: 'warn', red: 'late' } as const

const lampOf = (one: OwnTransfer): LampState => {
  if (one.lamp) return CLOCKS[one.lamp]
  return one.state === 'received' ? 'ok' : one.state === 'returned' ? 'late' : 'idle'
}

/** The own transfers: where is it, what do I do, until when. The one under way comes first and large. */
export function Page() {
  const { t } = useTranslation()
  useLive(TRANSFER_EVENTS, ALL_TRANSFERS)
  const { data } = useSuspenseQuery(ownTransfersQuery)
  const running = data.rows.filter(({ state }) => !OVER.has(state))
  const over = data.rows.filter(({ state }) => OVER.has(state))
  const report = useWrite(reportArrival, { refreshes: ALL_TRANSFERS, onDone: () => say(t('transfers.reported')) })
  const reportable = running.find(({ mayReport }) => mayReport)
  return (
    <PageFrame
      title={t('transfers.title')}
      primary={
        reportable ? (
          <Button
            wide
            kind="primary"
            isBusy={report.isPending}
            onClick={() => report.mutate({ params: { id: reportable.id }, body: {} })}
          >
            {t('transfers.report')}
          </Button>
        ) : null
      }
    >
      <RefusalText error={report.error} />
      {data.rows.length === 0 ? (
        <EmptyState title={t('transfers.none')} icon={<ArrowRightLeft aria-hidden="true" />}>
          {t('transfers.noneHint')}
        </EmptyState>
      ) : null}
      {running.map((one) => (
        <Running key={one.id} one={one} />
      ))}
      {over.length > 0 ? (
        <section aria-labelledby="over">
          <h2 id="over">{t('transfers.over')}</h2>
          <ul className="card transfer-over">
            {over.map((one) => (
              <li key={one.id}>
                <strong>{one.toName}</strong>
                <Lamp state={lampOf(one)}>{t(`transfers.state.${one.state}`)}</Lamp>
                <span className="hint">{one.returnedReason ?? one.receivedOn ?? one.issuedOn ?? ''}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </PageFrame>
  )
}

function Running({ one }: { one: OwnTransfer }) {
  const { t } = useTranslation()
  const { daysLeft, lamp } = one
  return (
    <section className="card transfer-running" aria-label={one.toName}>
      <p className="transfer-way">
        <span className="hint">{one.fromName}</span>
        <ArrowDown aria-hidden="true" />
        <strong>{one.toName}</strong>
      </p>
      <Lamp state={lampOf(one)}>{t(`transfers.state.${one.state}`)}</Lamp>
      {one.validUntil && lamp && daysLeft !== null ? (
        <p className="transfer-until">
          {daysLeft < 0
            ? t('transfers.ranOut', { on: one.validUntil, count: -daysLeft })
            : t('transfers.until', { on: one.validUntil, count: daysLeft })}
        </p>
      ) : null}
      <p>
        {t(`transfers.what.${one.reportedOn ? 'reported' : one.state}`, {
          committee: one.committeeName,
          to: one.toName,
        })}
      </p>
      <Road one={one} />
      <Contact one={one} />
      {one.number ? <p className="hint">{t('transfers.number', { number: one.number })}</p> : null}
      {one.duesPaidUntil ? <p className="hint">{t('transfers.dues', { month: one.duesPaidUntil })}</p> : null}
    </section>
  )
}

/** What is done and what is still to come, with whose move it is. */
function Road({ one }: { one: OwnTransfer }) {
  const { t } = useTranslation()
  const acts = one.steps.map(({ act }) => act)
  const last = acts.slice(acts.lastIndexOf('send_back') + 1)
  const isRenewed = one.issuedOn !== null
  const road =
    one.direction === 'in'
      ? ['agree', 'approve', 'receive']
      : ['agree', 'approve', ...(one.needsDepartment ? ['approve_department'] : []), 'issue', 'report', 'receive']
  const isDone = (act: string) =>
    last.includes(act) ||
    (isRenewed && act !== 'receive' && act !== 'report') ||
    (act === 'report' && one.reportedOn !== null)
  return (
    <ol className="transfer-steps" aria-label={t('transfers.road')}>
      {road.map((act) => (
        <li key={act} data-done={isDone(act) || undefined}>
          <span className="transfer-dot" aria-hidden="true">
            {isDone(act) ? <Check size={16} /> : null}
          </span>
          {t(`transfers.step.${act}`)}
          <span className="tx-hidden">{t(isDone(act) ? 'transfers.isDone' : 'transfers.isOpen')}</span>
        </li>
      ))}
    </ol>
  )
}

function Contact({ one }: { one: OwnTransfer }) {
  const { t } = useTranslation()
  const { name, phone, address } = one.contact
  if (!name && !phone && !address) return null
  return (
    <p>
      {t('transfers.contact')} {[name, address].filter(Boolean).join(' · ')}{' '}
      {phone ? <a href={`tel:${phone}`}>{phone}</a> : null}
    </p>
  )
}
