import { Button, Dialog, RefusalText, Select, say, TextInput } from '@tongxin/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportRequest } from './types.ts'

type Props = {
  columns: readonly string[]
  count: number | null
  whyNot?: string | undefined
  onExport: (request: ExportRequest) => Promise<void>
}

/** Exports the list as filtered, after the purpose was given; what leaves the platform is logged. */
export function ExportButton(props: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Download size="1.1em" aria-hidden="true" />} whyNot={props.whyNot} onClick={() => setOpen(true)}>
        {t('shared.export')}
      </Button>
      {isOpen ? <ExportDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ExportDialog({ columns, count, onExport, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState('')
  const [format, setFormat] = useState<'xlsx' | 'csv' | ''>('xlsx')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    setError(null)
    try {
      await onExport({ format: format || 'xlsx', purpose: purpose.trim(), columns })
      say(t('shared.exportStarted'))
      onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('shared.exportTitle', { count: count ?? undefined })}
      acts={
        <Button
          kind="primary"
          isBusy={isBusy}
          whyNot={purpose.trim() ? undefined : t('shared.exportPurposeFirst')}
          onClick={() => void start()}
        >
          {t('shared.export')}
        </Button>
      }
    >
      <Select
        label={t('shared.format')}
        value={format}
        options={[
          { value: 'xlsx', label: 'Excel (.xlsx)' },
          { value: 'csv', label: 'CSV (.csv)' },
        ]}
        onChange={setFormat}
      />
      <TextInput
        label={t('shared.exportPurpose')}
        help={t('shared.exportHelp')}
        required
        maxLength={200}
        value={purpose}
        onChange={setPurpose}
      />
      <RefusalText error={error} />
    </Dialog>
  )
}
