import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { MOST_ROSTER_BYTES } from '@tongxin/contract/imports.batches'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ImportUpload } from '../../shared/pages/ImportUpload.tsx'
import { ImportWizard } from '../../shared/pages/ImportWizard.tsx'
import { holdFile } from './held-files.ts'
import { importQuery, saveTemplate, sendRoster } from './imports.api.ts'
import './imports.css'

const MEGABYTE = 1024 * 1024

/** The first step: a file goes to the server, which reads and judges it; then the meaning of its columns is shown. */
export function Page() {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [refused, setRefused] = useState<unknown>(null)
  const send = useMutation({
    mutationFn: (file: File) => sendRoster(file),
    onSuccess: async (batch, file) => {
      holdFile(batch.id, file)
      queryClient.setQueryData(importQuery(batch.id).queryKey, batch)
      await navigate({ to: paths.imports.one(batch.id), search: { step: 'mapping' } as never })
    },
  })
  const take = (file: File) => {
    setRefused(null)
    // The server says the same; sending thirty megabytes to hear it would waste a minute on a slow line.
    if (file.size > MOST_ROSTER_BYTES)
      setRefused({ code: 'imports.file_too_large', detail: { limit: MOST_ROSTER_BYTES / MEGABYTE } })
    else send.mutate(file)
  }
  return (
    <ImportWizard title={t('imports.add')} step="upload">
      <ImportUpload
        accept=".xlsx,.csv,.tsv,.txt"
        onFile={take}
        onTemplate={() => void saveTemplate(i18n.language).catch(setRefused)}
        isBusy={send.isPending}
        error={refused ?? send.error}
        whyNot={can('imports.make').whyNot}
      />
      <section className="panel import-notes">
        <h2>{t('imports.before')}</h2>
        <ul>
          <li>{t('imports.beforeNothing')}</li>
          <li>{t('imports.beforeUnits')}</li>
          <li>{t('imports.beforeSecond')}</li>
          <li>{t('imports.beforeReverse')}</li>
        </ul>
      </section>
    </ImportWizard>
  )
}
