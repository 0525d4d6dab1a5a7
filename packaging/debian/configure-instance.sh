#!/bin/sh
# configure-instance.sh [INSTANCE]: brings the files that programs need inside the queue directory up to date, when
# master.cf lets a service run with it as its root directory (column chroot).  Called before an instance starts.
#
# /etc/default/postfix may set SYNC_CHROOT= (do nothing), chroot_extra_files="etc/some/file ..." and
# chroot_extra_CAdir=/etc/directory/of/certificates.
set -e
umask 022
instance=${1:--}
SYNC_CHROOT=y
chroot_extra_files=
chroot_extra_CAdir=
[ ! -r /etc/default/postfix ] || . /etc/default/postfix

# ask OPTIONS...: postconf of this instance.
ask() {
    if [ "$instance" = - ]; then postconf "$@"; else postmulti -i "$instance" -x postconf "$@"; fi
}

[ -n "$SYNC_CHROOT" ] || exit 0
# "-" means yes only below compatibility level 1.
jailed=y
[ "$(ask -hx compatibility_level | cut -d. -f1)" != 0 ] || jailed='[-y]'
ask -Fh '*/*/chroot' | grep -qx "$jailed" || exit 0

cd "$(ask -hx queue_directory)"

# copy FILE...: paths below /; links are followed.
copy() {
    for file; do
        file=${file#/}
        [ -f "/$file" ] || continue
        mkdir -p "$(dirname "$file")"
        # Renamed into place: a program that reads it sees the old file or the new one.
        cp -L "/$file" "$file.new"
        chmod a+r "$file.new"
        mv -f "$file.new" "$file"
    done
}

copy etc/localtime etc/services etc/resolv.conf etc/hosts etc/host.conf etc/nsswitch.conf etc/gai.conf $chroot_extra_files
mkdir -p usr/lib/zoneinfo
ln -sf /etc/localtime usr/lib/zoneinfo/localtime

# Accounts without passwords, where tables of the system's users are asked from inside.
case " $(ask -hx local_recipient_maps) " in
*proxy:unix:passwd.byname*) ;;
*unix:passwd.byname*)
    sed 's/^\([^:]*\):[^:]*/\1:x/' /etc/passwd >etc/passwd.new
    mv -f etc/passwd.new etc/passwd
    ;;
esac

# What the C library loads to look up names.
for library in /lib/*-linux-gnu*/libnss_*.so.* /lib/*-linux-gnu*/libresolv.so.* /lib/*-linux-gnu*/libgcc_s.so.*; do
    copy "$library"
done

# Certificates of authorities, by the names that OpenSSL looks for.
for directory in $(ask -hx smtp_tls_CApath) $(ask -hx smtpd_tls_CApath) $chroot_extra_CAdir; do
    directory=${directory#/}
    case "/$directory" in "$PWD"/*) continue ;; esac
    [ -d "/$directory" ] || continue
    rm -rf "$directory.new"
    mkdir -p "$directory.new"
    cp -L "/$directory"/*.[0-9] "$directory.new/" 2>/dev/null || true
    rm -rf "$directory.old"
    [ ! -d "$directory" ] || mv "$directory" "$directory.old"
    mv "$directory.new" "$directory"
    rm -rf "$directory.old"
done
