#!/usr/bin/env bash
# A real S3 server for tests: Debian's radosgw with one monitor and one store in memory, all on 127.0.0.1.
#   s3-server.sh FOLDER PORT MONITOR_PORT   says «ready» when it answers; ends, with all of it, when its input ends
# Access key AKIATEST, secret SECRETTEST. Its folder is emptied at the beginning.
set -eu
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/prepare.sh"

folder=$1 port=$2 monitor_port=$3
# Ceph speaks of itself wherever it can; whoever waits for «ready» wants nothing else on this stream.
exec 3>&1 1>&2

# ./scripts/test has installed them; a test that is run alone may be the first to need them.
missing=()
add_missing <<<"$store_programs"
if [ ${#missing[@]} -gt 0 ]; then
  # Two test files may start theirs at the same time.
  { exec 8>"${TMPDIR:-/tmp}/.sk-s3-packages-$(id -u)"; } && flock 8
  install_packages "${missing[@]}"
  exec 8>&-
fi

rm -rf "$folder"
mkdir -p "$folder"/{mon,osd,run,log,rgw}
cd "$folder"
fsid=$(cat /proc/sys/kernel/random/uuid)
cat >ceph.conf <<CONF
[global]
fsid = $fsid
mon_host = [v2:127.0.0.1:$monitor_port]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
osd_pool_default_pg_autoscale_mode = off
mon_data_avail_crit = 1
mon_osd_full_ratio = .99
admin_socket = $folder/run/\$name.asok
log_file = $folder/log/\$name.log
pid_file = $folder/run/\$name.pid
keyring = $folder/keyring
[mon.a]
mon_data = $folder/mon
[osd.0]
osd_data = $folder/osd
keyring = $folder/osd/keyring
osd_objectstore = memstore
memstore_device_bytes = 2147483648
[client.rgw]
rgw_data = $folder/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
CONF

children=()
end() {
  [ ${#children[@]} -eq 0 ] || kill -9 "${children[@]}" 2>/dev/null || true
  cd / && rm -rf "$folder"
}
trap end EXIT
trap 'exit 143' TERM INT HUP

ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *'
ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
ceph-authtool keyring --gen-key -n client.rgw --cap mon 'allow rwx' --cap osd 'allow rwx'
monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor_port]" monmap
ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring
ceph-mon -c ceph.conf -i a -f </dev/null >log/mon 2>&1 & children+=($!)

ask=(timeout 30 ceph -c ceph.conf)
osd=$(cat /proc/sys/kernel/random/uuid)
"${ask[@]}" osd new "$osd"
ceph-authtool --create-keyring osd/keyring --gen-key -n osd.0
"${ask[@]}" auth add osd.0 osd 'allow *' mon 'allow profile osd' -i osd/keyring
ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$osd"
ceph-osd -c ceph.conf -i 0 -f </dev/null >log/osd 2>&1 & children+=($!)
for _ in $(seq 100); do
  "${ask[@]}" osd stat 2>/dev/null | grep -q '1 up' && break
  sleep 0.2
done
radosgw -c ceph.conf -n client.rgw -f </dev/null >log/rgw.out 2>&1 & children+=($!)
timeout 60 radosgw-admin -c ceph.conf -n client.rgw user create --uid=smartket --display-name=SmartKet \
  --access-key=AKIATEST --secret-key=SECRETTEST >/dev/null
for _ in $(seq 200); do
  if (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo ready >&3
    # Until the input ends: a test that is killed takes all of this with it.
    cat >/dev/null
    exit 0
  fi
  sleep 0.2
done
echo 'radosgw does not answer; its last lines:'
tail -n 5 log/*.log
exit 1
