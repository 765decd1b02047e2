import { useMutation } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { printAttendance, printMinutes, printNotice } from '@tongxin/contract/meetings.record'
import { Button, RefusalText } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'

const FORMS = { notice: printNotice, attendance: printAttendance, minutes: printMinutes } as const
const FORMATS = ['pdf', 'docx'] as const

/** The papers of a meeting, as PDF for printing or as a Word document for changing. */
export function PrintTab({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language.startsWith('zh') ? 'zh-CN' : 'en'
  const print = useMutation({
    mutationFn: ({ form, format }: { form: keyof typeof FORMS; format: (typeof FORMATS)[number] }) =>
      download(FORMS[form] as typeof printNotice, { params: { id }, body: { format, language } }),
  })
  return (
    <>
      <ul className="forms">
        {(Object.keys(FORMS) as (keyof typeof FORMS)[]).map((form) => (
          <li key={form}>
            <FileText aria-hidden="true" />
            <span>{t(`meetings.form.${form}`)}</span>
            {FORMATS.map((format) => (
              <Button
                key={format}
                isBusy={print.isPending && print.variables?.form === form && print.variables.format === format}
                onClick={() => print.mutate({ form, format })}
              >
                {t(`meetings.format.${format}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      <RefusalText error={print.error} />
    </>
  )
}
