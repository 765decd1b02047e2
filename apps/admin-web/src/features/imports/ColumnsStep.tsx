import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import { type ImportBatch, withdrawImport } from '@tongxin/contract/imports.batches'
import { Button, RefusalText } from '@tongxin/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ImportMapping } from '../../shared/pages/ImportMapping.tsx'
import { isSame, mappedColumns, NEEDED_FIELDS, ROSTER_FIELDS, withMeaning } from './columns.ts'
import { heldFile, holdFile } from './held-files.ts'
import { type Columns, importQuery, sendRoster } from './imports.api.ts'
import { useRowWords } from './use-row-words.ts'

/**
 * The meaning of each column. A correction is read again from the file as a new batch, which takes the place of this
 * one; the server remembers it for files with the same headings.
 */
export function ColumnsStep({ batch, onDone }: { batch: ImportBatch; onDone: () => void }) {
  const { t } = useTranslation()
  const { fieldLabel } = useRowWords()
  const [columns, setColumns] = useState<Columns>(batch.columns)
  const [file, setFile] = useState(() => heldFile(batch.id))
  const readAgain = useReadAgain(batch)
  const isChanged = !isSame(columns, batch.columns)
  const next = () => {
    if (!isChanged) onDone()
    else if (file) readAgain.mutate({ file, columns })
  }
  return (
    <>
      <p className="hint">
        {t('imports.columnsFound', {
          sheet: batch.sheet ?? batch.fileName,
          row: batch.headingRow ?? 1,
          count: Object.keys(batch.columns).length,
          of: batch.headings.length,
        })}
      </p>
      {isChanged && !file ? <ChooseAgain name={batch.fileName} onFile={setFile} /> : null}
      <RefusalText error={readAgain.error} />
      <ImportMapping
        columns={mappedColumns(batch.headings, columns)}
        fields={ROSTER_FIELDS.map((key) => ({
          key,
          label: fieldLabel(key),
          isRequired: NEEDED_FIELDS.includes(key),
        }))}
        onChange={(index, field) => setColumns(withMeaning(columns, index, field))}
        onNext={next}
        onBack={onDone}
        isBusy={readAgain.isPending}
      />
    </>
  )
}

function useReadAgain(batch: ImportBatch) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ file, columns }: { file: File; columns: Columns }) => {
      const { sheet, headingRow } = batch
      const read = await sendRoster(file, { sheet, headingRow, columns })
      await call(withdrawImport, { params: { id: batch.id }, body: {} })
      return { read, file }
    },
    onSuccess: async ({ read, file }) => {
      holdFile(read.id, file)
      queryClient.setQueryData(importQuery(read.id).queryKey, read)
      await navigate({ to: paths.imports.one(read.id), replace: true })
    },
  })
}

/** After a reload the browser no longer has the file; the server never keeps it whole. */
function ChooseAgain({ name, onFile }: { name: string; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className="panel import-notes" role="alert">
      <p>{t('imports.chooseAgain', { name })}</p>
      <input
        id={id}
        className="tx-hidden"
        type="file"
        tabIndex={-1}
        aria-label={t('shared.import.file')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onFile(file)
        }}
      />
      <div>
        <Button onClick={() => document.getElementById(id)?.click()}>{t('shared.import.choose')}</Button>
      </div>
    </section>
  )
}
