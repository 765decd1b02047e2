import { Film } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { FileChoice as SharedChoice } from '../../shared/upload/FileChoice.tsx'
import { MEDIA_ACCEPT } from './media.format.ts'

type Props = Pick<ComponentProps<typeof SharedChoice>, 'file' | 'onFile' | 'sent' | 'onStop'>

/** Chooses one video or sound. */
export function FileChoice(props: Props) {
  const { t } = useTranslation()
  const words = { label: t('media.file'), hint: t('media.fileHint') }
  return <SharedChoice {...props} {...words} accept={MEDIA_ACCEPT} icon={<Film aria-hidden="true" />} />
}
