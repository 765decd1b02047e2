import { WatchMedia } from '@tongxin/client/media-player'
import type { MediaRow } from '@tongxin/contract/media'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'

/** A row beside the list: it plays, and where it comes from. */
export function MediaGlance({ row }: { row: MediaRow }) {
  const { t } = useTranslation()
  return (
    <>
      {row.isPlayable ? <WatchMedia mediaId={row.id} /> : null}
      {row.fault ? <p className="media-fault">{t(`media.fault.${row.fault}`)}</p> : null}
      <Facts
        facts={[
          { label: t('media.unit'), value: row.orgName },
          { label: t('media.file'), value: row.fileName ?? '—' },
          { label: t('media.uses'), value: row.uses },
          { label: t('media.source'), value: row.source },
          { label: t('media.copyright'), value: row.copyright },
        ]}
      />
    </>
  )
}
