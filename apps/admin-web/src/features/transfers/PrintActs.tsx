import { useMutation } from '@tanstack/react-query'
import type { TransferRecord } from '@tongxin/contract/transfers'
import { Button, RefusalText } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ALL_TRANSFERS, savePrint } from './transfers.api.ts'
import { useRefresh } from './use-refresh.ts'

const FORMATS = ['pdf', 'docx'] as const

/** The papers of a transfer: the letter in three parts for who sends, the receipt for who has received. */
export function PrintActs({ one }: { one: TransferRecord }) {
  const { t, i18n } = useTranslation()
  const refresh = useRefresh(ALL_TRANSFERS)
  const print = useMutation({
    mutationFn: ({ form, format }: { form: 'letter' | 'receipt'; format: 'pdf' | 'docx' }) =>
      savePrint([one.id], form, format, i18n.language),
    onSuccess: refresh,
  })
  const forms = [
    {
      form: 'letter' as const,
      whyNot:
        one.side !== 'sending' || one.direction === 'in'
          ? t('transfers.letterBySender')
          : one.number === null
            ? t('transfers.letterAfterIssue')
            : undefined,
    },
    {
      form: 'receipt' as const,
      whyNot: one.state === 'received' && one.direction !== 'out' ? undefined : t('transfers.receiptAfter'),
    },
  ]
  return (
    <>
      <ul className="transfer-forms">
        {forms.map(({ form, whyNot }) => (
          <li key={form}>
            <FileText aria-hidden="true" />
            <span>{t(`transfers.form.${form}`)}</span>
            {FORMATS.map((format) => (
              <Button
                key={format}
                whyNot={whyNot}
                isBusy={print.isPending && print.variables?.form === form && print.variables.format === format}
                onClick={() => print.mutate({ form, format })}
              >
                {t(`transfers.format.${format}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      {one.printed > 0 ? <p className="hint">{t('transfers.reprintHint', { count: one.printed })}</p> : null}
      <RefusalText error={print.error} />
    </>
  )
}
