import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import {
  approveImport,
  type ImportBatch,
  returnImport,
  reverseImport,
  withdrawImport,
} from '@tongxin/contract/imports.batches'
import { Button, ConfirmDialog, Dialog, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { writtenBy } from './batch-state.ts'
import { ALL_IMPORTS } from './imports.api.ts'

type Asked = 'approve' | 'return' | 'reverse' | 'withdraw' | null

/** Confirm or return by the second person, withdraw by the maker, take back as a whole within 24 hours. */
export function BatchActs({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation()
  const can = useCan()
  const [asked, setAsked] = useState<Asked>(null)
  const isWaiting = batch.state === 'submitted' || batch.state === 'failed'
  const whyNot = batch.can.whyNot ? t(`imports.whyNot.${batch.can.whyNot}`) : can('imports.approve').whyNot
  if (!isWaiting && !batch.can.reverse && !batch.can.withdraw) return null
  return (
    <footer className="review-acts no-print">
      {batch.can.withdraw ? <Button onClick={() => setAsked('withdraw')}>{t('imports.withdraw')}</Button> : null}
      {batch.can.reverse ? (
        <Button kind="danger" onClick={() => setAsked('reverse')}>
          {t('imports.reverse')}
        </Button>
      ) : null}
      {isWaiting ? (
        <>
          <Button whyNot={batch.can.approve ? undefined : whyNot} onClick={() => setAsked('return')}>
            {t('shared.return')}
          </Button>
          <Button kind="primary" whyNot={batch.can.approve ? undefined : whyNot} onClick={() => setAsked('approve')}>
            {t('imports.approve')}
          </Button>
        </>
      ) : null}
      {asked === 'approve' ? <Approve batch={batch} onClose={() => setAsked(null)} /> : null}
      {asked === 'return' ? <Return batch={batch} onClose={() => setAsked(null)} /> : null}
      {asked === 'reverse' ? <Reverse batch={batch} onClose={() => setAsked(null)} /> : null}
      {asked === 'withdraw' ? <Withdraw batch={batch} onClose={() => setAsked(null)} /> : null}
    </footer>
  )
}

type Props = { batch: ImportBatch; onClose: () => void }

function Approve({ batch, onClose }: Props) {
  const { t } = useTranslation()
  const [opinion, setOpinion] = useState('')
  const approve = useWrite(approveImport, { refreshes: ALL_IMPORTS, onDone: onClose })
  const said = opinion.trim()
  const confirm = () =>
    approve.mutate({
      params: { id: batch.id },
      body: { rowsHash: batch.rowsHash, ...(said ? { opinion: said } : {}) },
    })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('imports.approveTitle', { count: writtenBy(batch) })}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button kind="primary" isBusy={approve.isPending} onClick={confirm}>
            {t('imports.approve')}
          </Button>
        </>
      }
    >
      <p>{t('imports.approveHint', { units: batch.units.length, rejected: batch.totals.reject })}</p>
      <TextArea label={t('imports.opinionOptional')} rows={2} maxLength={500} value={opinion} onChange={setOpinion} />
      <RefusalText error={approve.error} />
    </Dialog>
  )
}

function Return({ batch, onClose }: Props) {
  const { t } = useTranslation()
  const sendBack = useWrite(returnImport, { refreshes: ALL_IMPORTS, onDone: onClose })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('shared.returnTitle')}
      verb={t('shared.return')}
      reasonLabel={t('shared.returnReason')}
      isBusy={sendBack.isPending}
      error={sendBack.error}
      onConfirm={(opinion) => sendBack.mutate({ params: { id: batch.id }, body: { opinion } })}
    />
  )
}

function Reverse({ batch, onClose }: Props) {
  const { t } = useTranslation()
  const done = () => {
    say(t('imports.reversedSaid'))
    onClose()
  }
  const reverse = useWrite(reverseImport, { refreshes: [['imports'], ['members']], onDone: done })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('imports.reverseTitle')}
      verb={t('imports.reverse')}
      isDanger
      reasonLabel={t('imports.reverseReason')}
      isBusy={reverse.isPending}
      error={reverse.error}
      onConfirm={(reason) => reverse.mutate({ params: { id: batch.id }, body: { reason } })}
    >
      <p>{t('imports.reverseHint', { count: writtenBy(batch) })}</p>
    </ConfirmDialog>
  )
}

function Withdraw({ batch, onClose }: Props) {
  const { t } = useTranslation()
  const withdraw = useWrite(withdrawImport, { refreshes: ALL_IMPORTS, onDone: onClose })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('imports.withdrawTitle')}
      verb={t('imports.withdraw')}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate({ params: { id: batch.id }, body: {} })}
    >
      <p>{t('imports.withdrawHint')}</p>
    </ConfirmDialog>
  )
}
