# Set-up shared by start, smartket and test. Sourced; every step does nothing when it is already done,
# and a step that fails says which one and why.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
node=$root/node_modules/node/bin/node
# Password hashing takes the thread pool; files must not wait behind it.
export UV_THREADPOOL_SIZE=${UV_THREADPOOL_SIZE:-8}
# Not a folder of the caller's: the same data wherever the command is typed.
export SMARTKET_DATA=${SMARTKET_DATA:-$root/var}

say() { [ -n "${quiet:-}" ] || printf '%s\n' "$*"; }

fail() {
  printf 'SmartKet could not be set up: %s\n' "$*" >&2
  exit 1
}

# One set-up at a time in one folder. The lock is given back before the program starts.
begin_setup() {
  # Two people who write into one checkout lock each other out of half of its files.
  [ -O "$root" ] || fail "this folder belongs to $(stat -c %U "$root"): run it as that user."
  mkdir -p "$root/dist" 2>/dev/null || fail "the folder $root cannot be written to."
  { exec 9>"$root/dist/.setup-lock"; } 2>/dev/null || fail "the folder $root cannot be written to."
  command -v flock >/dev/null || return 0
  flock -n 9 || { say 'Another set-up is running in this folder; waiting for it.'; flock 9; }
}
end_setup() { exec 9>&-; }

# ── Debian packages: install_packages PACKAGE… for those of the list that are missing

has_program() {
  command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || [ -x "/usr/local/sbin/$1" ]
}

has_library() { compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/usr/lib*/$1" >/dev/null; }

# Sets `missing` to the packages of a list of «program package» that are not there.
add_missing() {
  local program package
  while read -r program package; do
    has_program "$program" || [[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
  done
}

# With DATABASE_URL too: copies are made by the clients, verified and looked at in a server of their own.
server_programs='mariadbd mariadb-server-core
mariadb-install-db mariadb-server-core
mariadb mariadb-client
mariadb-dump mariadb-client
mariadb-binlog mariadb-client
gzip gzip'

# For the checks alone (`with_browser`): an S3 server, and the ordinary tool that has to open what we seal.
store_programs='radosgw radosgw
ceph-mon ceph-mon
ceph-osd ceph-osd
ceph ceph-common
age age'

test_programs="chromium chromium
caddy caddy
unzip unzip
$store_programs"

prepare_machine() {
  local missing=()
  has_library 'libatomic.so.1' || missing+=(libatomic1)
  # Debian's npm brings 400 small packages: the slow minute of a machine that has no Node at all.
  has_program node || missing+=(nodejs)
  has_program npm || missing+=(npm)
  add_missing <<<"$server_programs"
  [ -z "${with_browser:-}" ] || add_missing <<<"$test_programs"
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
  # On Ubuntu the package of that name only points to a snap.
  [ -z "${with_browser:-}" ] || chromium --version >/dev/null 2>&1 ||
    fail 'the journeys need a Chromium that runs as `chromium`; on Ubuntu: snap install chromium (the checks are made for Debian).'
}

install_packages() {
  local as_root=()
  command -v apt-get >/dev/null ||
    fail "these programs are missing and there is no apt-get to install them: $* (names of Debian packages)."
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null ||
      fail "an administrator must run this once: apt-get update && apt-get install -y --no-install-recommends $*"
    as_root=(sudo -n)
  fi
  say "Installing $*"
  local log
  log=$(mktemp) || fail 'no temporary file can be made.'
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
  local install=("${apt[@]}" install -y --no-install-recommends "$@")
  # A run that was killed half-way leaves packages that only look installed, and blocks every later one.
  local configure=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confold)
  if [ -n "$(dpkg --audit 2>/dev/null)" ]; then
    "${configure[@]}" >"$log" 2>&1 </dev/null
    "${apt[@]}" -y -f --no-install-recommends install >>"$log" 2>&1 </dev/null
  fi
  if ! "${install[@]}" >"$log" 2>&1 </dev/null; then
    # Its lists are missing or old, as on a fresh machine.
    "${configure[@]}" >"$log" 2>&1 </dev/null
    if ! { "${apt[@]}" update && "${apt[@]}" -y -f --no-install-recommends install && "${install[@]}"; } >"$log" 2>&1 </dev/null; then
      local reason
      reason=$(grep -E '^(E|Err)' "$log" | head -n 3 | tr '\n' ' ')
      rm -f "$log"
      fail "apt-get install $* failed: ${reason:-no reason given}"
    fi
  fi
  rm -f "$log"
}

# ── npm packages: only when package-lock.json is not the one of the last finished installation

prepare_packages() {
  local stamp=$root/node_modules/.installed-from wanted
  wanted=$(sha256sum <"$root/package-lock.json") || fail 'package-lock.json cannot be read.'
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || [ ! -x "$node" ]; then
    say 'Installing the packages of package-lock.json'
    local log
    log=$(mktemp) || fail 'no temporary file can be made.'
    run_npm "$log" ci
    "$node" --version >/dev/null 2>&1 || fail "Node did not get installed by npm ci: $("$node" --version 2>&1 | head -n 1)"
    # An old Node of the machine's makes npm pass over packages that ask for a newer one. Our own adds them.
    PATH=$root/node_modules/node/bin:$PATH run_npm "$log" install --no-save
    rm -f "$log"
    # Last, so that an installation cut in the middle is done again.
    printf '%s\n' "$wanted" >"$stamp"
  fi
}

run_npm() {
  local log=$1
  shift
  (cd "$root" && npm "$@" --include=dev --no-audit --no-fund --loglevel=error) >"$log" 2>&1 </dev/null && return 0
  tail -n 15 "$log" >&2
  rm -f "$log"
  fail "npm $1 failed; its last lines are above."
}

# ── The bundle: only when something that it is made of is newer

prepare_build() {
  local built=$root/dist/.built commit
  commit=$(git -c safe.directory="$root" -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
  if [ "$(cat "$built" 2>/dev/null)" = "$commit" ] && [ -f "$root/dist/server.mjs" ] && [ -f "$root/dist/assets/manifest.json" ]; then
    # Folders are looked at too: their time changes when a file in them goes away.
    local newer
    newer=$(cd "$root" && find src views public drizzle scripts/build Caddyfile package.json tsconfig.json node_modules/.installed-from \
      -newer "$built" -print -quit 2>/dev/null)
    [ -n "$newer" ] || return 0
  fi
  say 'Building'
  # Its time is that of the beginning: what is edited meanwhile counts as newer.
  printf '%s\n' "$commit" >"$built.new"
  "$node" "$root/scripts/build/server.ts" || fail 'the build failed; its errors are above.'
  mv "$built.new" "$built"
}
