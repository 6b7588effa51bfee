import ArrowLeft from 'lucide-static/dist/esm/icons/arrow-left.mjs'
import ArrowRight from 'lucide-static/dist/esm/icons/arrow-right.mjs'
import Banknote from 'lucide-static/dist/esm/icons/banknote.mjs'
import Calculator from 'lucide-static/dist/esm/icons/calculator.mjs'
import Check from 'lucide-static/dist/esm/icons/check.mjs'
import ChevronDown from 'lucide-static/dist/esm/icons/chevron-down.mjs'
import Circle from 'lucide-static/dist/esm/icons/circle.mjs'
import CircleAlert from 'lucide-static/dist/esm/icons/circle-alert.mjs'
import CircleCheck from 'lucide-static/dist/esm/icons/circle-check.mjs'
import Clock from 'lucide-static/dist/esm/icons/clock.mjs'
import Download from 'lucide-static/dist/esm/icons/download.mjs'
import Eye from 'lucide-static/dist/esm/icons/eye.mjs'
import FileSpreadsheet from 'lucide-static/dist/esm/icons/file-spreadsheet.mjs'
import Flame from 'lucide-static/dist/esm/icons/flame.mjs'
import House from 'lucide-static/dist/esm/icons/house.mjs'
import Info from 'lucide-static/dist/esm/icons/info.mjs'
import LogOut from 'lucide-static/dist/esm/icons/log-out.mjs'
import Mail from 'lucide-static/dist/esm/icons/mail.mjs'
import Menu from 'lucide-static/dist/esm/icons/menu.mjs'
import MessageCircle from 'lucide-static/dist/esm/icons/message-circle.mjs'
import Minus from 'lucide-static/dist/esm/icons/minus.mjs'
import Package from 'lucide-static/dist/esm/icons/package.mjs'
import Pencil from 'lucide-static/dist/esm/icons/pencil.mjs'
import Plus from 'lucide-static/dist/esm/icons/plus.mjs'
import Printer from 'lucide-static/dist/esm/icons/printer.mjs'
import ReceiptText from 'lucide-static/dist/esm/icons/receipt-text.mjs'
import ScanBarcode from 'lucide-static/dist/esm/icons/scan-barcode.mjs'
import Search from 'lucide-static/dist/esm/icons/search.mjs'
import Store from 'lucide-static/dist/esm/icons/store.mjs'
import Trash from 'lucide-static/dist/esm/icons/trash.mjs'
import TriangleAlert from 'lucide-static/dist/esm/icons/triangle-alert.mjs'
import Upload from 'lucide-static/dist/esm/icons/upload.mjs'
import UserPlus from 'lucide-static/dist/esm/icons/user-plus.mjs'
import UserRound from 'lucide-static/dist/esm/icons/user-round.mjs'
import Users from 'lucide-static/dist/esm/icons/users.mjs'
import X from 'lucide-static/dist/esm/icons/x.mjs'

/** The icons in use, by what they show. One more is one line here; none is fetched by the browser. */
export const icons = {
  'arrow-left': ArrowLeft,
  'arrow-right': ArrowRight,
  banknote: Banknote,
  calculator: Calculator,
  check: Check,
  'chevron-down': ChevronDown,
  circle: Circle,
  'circle-alert': CircleAlert,
  'circle-check': CircleCheck,
  clock: Clock,
  download: Download,
  eye: Eye,
  'file-spreadsheet': FileSpreadsheet,
  flame: Flame,
  house: House,
  info: Info,
  'log-out': LogOut,
  mail: Mail,
  menu: Menu,
  'message-circle': MessageCircle,
  minus: Minus,
  package: Package,
  pencil: Pencil,
  plus: Plus,
  printer: Printer,
  'receipt-text': ReceiptText,
  'scan-barcode': ScanBarcode,
  search: Search,
  store: Store,
  trash: Trash,
  'triangle-alert': TriangleAlert,
  upload: Upload,
  'user-plus': UserPlus,
  'user-round': UserRound,
  users: Users,
  x: X,
}

export type IconName = keyof typeof icons
