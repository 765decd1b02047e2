// shared-looks-down, packages-look-down
import { DuesPage } from '../../../apps/admin-web/src/features/dues/DuesPage.tsx'

export const Button = DuesPage
