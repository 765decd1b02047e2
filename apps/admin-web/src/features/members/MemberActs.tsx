import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { deleteMember, type MemberRecord } from '@tongxin/contract/members'
import { Button, ConfirmDialog, RefusalText, say } from '@tongxin/ui'
import { Pencil, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { saveForm } from './members.api.ts'
import { ReportErrorDialog } from './quality/ReportErrorDialog.tsx'

/** Propose a correction, print the collection form, move the record to the recycle bin. */
export function MemberActs({ record }: { record: MemberRecord }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const [isDeleting, setDeleting] = useState(false)
  const [isReporting, setReporting] = useState(false)
  const { id } = record.card
  const print = useMutation({ mutationFn: () => saveForm({ memberId: id }, i18n.language) })
  return (
    <>
      <Button
        icon={<Printer size="1.1em" aria-hidden="true" />}
        isBusy={print.isPending}
        {...can('members.export')}
        onClick={() => print.mutate()}
      >
        {t('members.printForm')}
      </Button>
      <Link className="tx-button" to={paths.members.portrait(id)}>
        {t('members.portrait.open')}
      </Link>
      {record.inTransferSince === null && can('transfers.write').whyNot === undefined ? (
        <Link className="tx-button" to={paths.transfers.add()} search={{ member: id, name: record.card.name } as never}>
          {t('members.toTransfer')}
        </Link>
      ) : null}
      {record.can.propose ? <Button onClick={() => setReporting(true)}>{t('quality.error.report')}</Button> : null}
      {record.can.delete ? (
        <Button kind="danger" onClick={() => setDeleting(true)}>
          {t('members.delete')}
        </Button>
      ) : null}
      {record.can.propose ? (
        <Link className="tx-button" data-kind="primary" to={paths.members.edit(id)}>
          <Pencil size="1.1em" aria-hidden="true" />
          {t('members.correct')}
        </Link>
      ) : (
        <Button kind="primary" whyNot={t('shared.notYourPost')}>
          {t('members.correct')}
        </Button>
      )}
      <RefusalText error={print.error} />
      {isReporting ? <ReportErrorDialog record={record} onClose={() => setReporting(false)} /> : null}
      {isDeleting ? <Delete record={record} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

function Delete({ record, onClose }: { record: MemberRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const remove = useWrite(deleteMember, {
    refreshes: [
      ['members', 'list'],
      ['members', 'bin'],
    ],
    onDone: () => {
      say(t('members.deletedSaid', { name: record.card.name }))
      void navigate({ to: paths.members.list() })
    },
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('members.deleteTitle', { name: record.card.name })}
      verb={t('members.delete')}
      isDanger
      reasonLabel={t('members.reason')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={(reason) =>
        remove.mutate({ params: { id: record.card.id }, body: { reason }, ifMatch: record.version })
      }
    >
      <p>{t('members.deleteHint')}</p>
    </ConfirmDialog>
  )
}
