import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import {
  confirmHandover,
  type ElectionHandover,
  printHandover,
  withdrawHandover,
} from '@tongxin/contract/elections.handover'
import { Button, EmptyState, ErrorState, Lamp, RefusalText, Skeleton, say, TextArea } from '@tongxin/ui'
import { Plus, Stamp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_ELECTIONS, handoversQuery } from './elections.api.ts'
import { HandoverDialog } from './HandoverDialog.tsx'
import { useDone } from './use-done.ts'

/** Seal and papers after an election: who handed over what to whom, confirmed by both, printed for the file. */
export function HandoverTab({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(handoversQuery(election.id))
  const [isAdding, setAdding] = useState(false)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={4} />
  const whyNot = data.mayEnter
    ? undefined
    : t(election.state === 'done' ? 'elections.handover.notYours' : 'elections.handover.notYet')
  const add = (
    <Button whyNot={whyNot} onClick={() => setAdding(true)} icon={<Plus size="1.1em" aria-hidden="true" />}>
      {t('elections.handover.add')}
    </Button>
  )
  return (
    <>
      {data.rows.length === 0 ? (
        <EmptyState title={t('elections.handover.none')} icon={<Stamp aria-hidden="true" />} act={add}>
          {t('elections.handover.noneHint')}
        </EmptyState>
      ) : (
        <div className="election-acts">{add}</div>
      )}
      {data.rows.map((handover) => (
        <Handover key={handover.id} election={election} handover={handover} mayWithdraw={data.mayEnter} />
      ))}
      {isAdding ? (
        <HandoverDialog
          election={election}
          from={data.rows.find(({ state }) => state === 'withdrawn') ?? null}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  )
}

const LAMPS = { open: 'warn', done: 'ok', withdrawn: 'idle' } as const

function Handover(props: { election: ElectionRecord; handover: ElectionHandover; mayWithdraw: boolean }) {
  const { t } = useTranslation()
  const [isWithdrawing, setWithdrawing] = useState(false)
  const { election, handover } = props
  const { giver, receiver, items, withdrawn } = handover
  const sides = [
    [t('elections.handover.giver'), giver],
    [t('elections.handover.receiver'), receiver],
  ] as const
  return (
    <section className="handover" aria-label={t('elections.handover.of', { on: handover.handedOn })}>
      <div className="election-head">
        <h3>{t('elections.handover.of', { on: handover.handedOn })}</h3>
        <Lamp state={LAMPS[handover.state]}>{t(`elections.handover.state.${handover.state}`)}</Lamp>
      </div>
      <p className="hint">
        {t('elections.handover.placeAt', { place: handover.place })}
        {handover.witness ? ` · ${t('elections.handover.witnessIs', { name: handover.witness })}` : ''}
      </p>
      {withdrawn ? <p>{t('elections.handover.withdrawnBy', withdrawn)}</p> : null}
      <ul className="handover-sides">
        {sides.map(([label, { name, confirmedAt }]) => (
          <li key={label}>
            <span>
              {label} {name}
            </span>
            <Lamp state={confirmedAt ? 'ok' : 'warn'}>
              {t(confirmedAt ? 'elections.handover.hasConfirmed' : 'elections.handover.waits')}
            </Lamp>
          </li>
        ))}
      </ul>
      <div className="handover-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('elections.handover.kindLabel')}</th>
              <th scope="col">{t('elections.handover.name')}</th>
              <th scope="col">{t('elections.handover.count')}</th>
              <th scope="col">{t('elections.handover.note')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ kind, name, count, note }, at) => (
              // Items have no id and never move.
              <tr key={`${at}-${name}`}>
                <td>{t(`elections.handover.kind.${kind}`)}</td>
                <td>{name}</td>
                <td>{count}</td>
                <td>{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <HandoverActs {...props} onWithdraw={() => setWithdrawing(true)} />
      {isWithdrawing ? (
        <WithdrawDialog electionId={election.id} handover={handover} onClose={() => setWithdrawing(false)} />
      ) : null}
    </section>
  )
}

function HandoverActs(props: {
  election: ElectionRecord
  handover: ElectionHandover
  mayWithdraw: boolean
  onWithdraw: () => void
}) {
  const { t, i18n } = useTranslation()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { handover, election } = props
  const params = { id: election.id, handoverId: handover.id }
  const confirm = useWrite(confirmHandover, {
    refreshes: ALL_ELECTIONS,
    onDone: () => say(t('elections.handover.confirmed')),
  })
  const print = async (format: 'pdf' | 'docx') => {
    setBusy(format)
    setError(null)
    try {
      const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
      await download(printHandover, { params, query: { format, language } })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(null)
    }
  }
  return (
    <>
      <div className="election-acts">
        {handover.mayConfirmAs ? (
          <Button kind="primary" isBusy={confirm.isPending} onClick={() => confirm.mutate({ params, body: {} })}>
            {t(`elections.handover.confirm.${handover.mayConfirmAs}`)}
          </Button>
        ) : null}
        {(['pdf', 'docx'] as const).map((format) => (
          <Button key={format} isBusy={busy === format} onClick={() => void print(format)}>
            {t('elections.handover.print', { format: t(`elections.format.${format}`) })}
          </Button>
        ))}
        {handover.state === 'open' && props.mayWithdraw ? (
          <Button onClick={props.onWithdraw}>{t('elections.handover.withdraw')}</Button>
        ) : null}
      </div>
      <RefusalText error={error ?? confirm.error} />
    </>
  )
}

function WithdrawDialog(props: { electionId: string; handover: ElectionHandover; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const withdraw = useWrite(withdrawHandover, useDone(props.onClose, 'elections.handover.withdrawnDone'))
  return (
    <FormDialog
      title={t('elections.handover.withdraw')}
      verb={t('elections.handover.withdraw')}
      lead={t('elections.handover.withdrawLead')}
      isDanger
      whyNot={reason.trim().length < 2 ? t('elections.fillFirst') : undefined}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onClose={props.onClose}
      onSubmit={() =>
        withdraw.mutate({
          params: { id: props.electionId, handoverId: props.handover.id },
          body: { reason: reason.trim() },
        })
      }
    >
      <TextArea
        label={t('elections.field.reason')}
        required
        rows={3}
        maxLength={300}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
