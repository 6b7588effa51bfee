#!/usr/bin/env bash
# A machine with nothing but Debian, made by debootstrap: the one line of packages, the executable, one command. Then
# the three hosts must answer through Caddy with TLS. Needs root, debootstrap, and the ports 80, 443 and 3000.
# There is no systemd inside a root that only a shell entered, so a stand-in starts what the units name.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
suite=${1:-bookworm}
box=$(mktemp -d /tmp/sk-bare.XXXXXX)
chmod 755 "$box"
domain=smartket.localhost

finish() {
  status=$?
  [ "$status" = 0 ] || tail -n 15 "$box"/var/log/mariadb*.log "$box"/var/log/smartket.log "$box"/var/log/caddy.log 2>/dev/null || true
  for process in $(find /proc -maxdepth 1 -regex '/proc/[0-9]+' 2>/dev/null); do
    [ "$(readlink "$process/root" 2>/dev/null)" = "$box" ] && kill -9 "${process#/proc/}" 2>/dev/null
  done
  sleep 1
  umount "$box/proc" "$box/dev" 2>/dev/null
  rm -rf --one-file-system "$box"
  [ "$status" = 0 ] && echo "bare $suite: passed" || echo "bare $suite: FAILED"
  exit "$status"
}
trap finish EXIT

[ -x "$root/dist/smartket" ] || (cd "$root" && npm run -s build)
echo "── a bare $suite in $box"
debootstrap --variant=minbase "$suite" "$box" >"$box.log" 2>&1 || { tail -n 20 -q "$box.log"; exit 1; }
rm -f "$box.log"
printf '127.0.0.1 localhost\n' >"$box/etc/hosts"
mount -t proc proc "$box/proc"
mount --bind /dev "$box/dev"
printf '#!/bin/sh\nexit 101\n' >"$box/usr/sbin/policy-rc.d" && chmod 755 "$box/usr/sbin/policy-rc.d"
inside() { chroot "$box" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

echo '── apt-get install -y libatomic1 mariadb-server caddy'
inside sh -c 'apt-get update -q && apt-get install -y -q --no-install-recommends libatomic1 mariadb-server caddy' >"$box/root/apt.log" 2>&1 || { tail -n 20 -q "$box/root/apt.log"; exit 1; }
inside sh -c 'command -v node npm git systemctl' && { echo 'that is not bare'; exit 1; }

cat >"$box/usr/local/bin/systemctl" <<'SHIM'
#!/bin/sh
unit() { sed -n "s/^$2=//p" "/etc/systemd/system/smartket.service" | sed -n "${1}p"; }
case "$*" in
daemon-reload) ;;
'restart mariadb')
	mariadb-admin shutdown 2>/dev/null
	mkdir -p /run/mysqld && chown mysql /run/mysqld
	setsid mariadbd --user=mysql >/var/log/mariadb.log 2>&1 &
	for i in $(seq 100); do mariadb-admin ping >/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1 ;;
'enable --now smartket.socket smartket.service' | 'restart smartket.service')
	[ -f /run/smartket.pid ] && kill "$(cat /run/smartket.pid)" && while kill -0 "$(cat /run/smartket.pid)" 2>/dev/null; do sleep 0.1; done
	set -a; . /etc/smartket/smartket.env; set +a; cd /var/lib/smartket
	setsid setpriv --reuid=smartket --regid=smartket --init-groups $(unit 1 ExecStart) >/var/log/smartket.log 2>&1 &
	echo $! >/run/smartket.pid ;;
'reload-or-restart caddy') setsid caddy run --adapter caddyfile --config /etc/caddy/Caddyfile >/var/log/caddy.log 2>&1 & ;;
*) echo "systemctl $*?" >&2; exit 1 ;;
esac
SHIM
chmod 755 "$box/usr/local/bin/systemctl"

echo '── smartket install'
cp "$root/dist/smartket" "$box/root/smartket"
inside /root/smartket --version
inside /root/smartket install --domain "$domain" | tail -12
started=$(date +%s%N)
inside /root/smartket install --domain "$domain" --yes | grep -v '[0-9a-f]\{64\}'
answer() { curl -sk --max-time 5 --resolve "$1:443:127.0.0.1" -o /dev/null -w '%{http_code} HTTP/%{http_version}' "https://$1$2" || true; }
for name in "$domain" "app.$domain" "operador.$domain"; do
  for _ in $(seq 150); do [ "$(answer "$name" /healthz)" = '200 HTTP/2' ] && break; sleep 0.2; done
done
echo "── up after $((($(date +%s%N) - started) / 1000000)) ms"
expect() { got=$(answer "$1" "$2"); echo "$1$2: $got"; [ "${got%% *}" = "$3" ] || { tail -n 20 -q "$box/var/log/smartket.log" "$box/var/log/caddy.log"; exit 1; }; }
expect "$domain" / 200
expect "app.$domain" /ingresar 200
expect "operador.$domain" /ingresar 200
expect "$domain" /metrics 404
expect "$domain" /readyz 404
inside smartket tenants list --json >/dev/null
inside smartket doctor | grep -E 'MariaDB|settings|databases|accounts|disk' || true
echo '── again, which must change nothing that matters'
before=$(sha256sum "$box/etc/smartket/smartket.env")
inside /root/smartket install --domain "$domain" --yes >/dev/null
[ "$before" = "$(sha256sum "$box/etc/smartket/smartket.env")" ]
sleep 3
expect "$domain" / 200
