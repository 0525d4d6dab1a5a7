# Completion of Postrider's commands for bash.  Installed under the name of each of them.

_postfix_words() {
    COMPREPLY=($(compgen -W "$1" -- "${COMP_WORDS[COMP_CWORD]}"))
}

# IDs of messages, with ALL when the option takes it.
_postfix_queue_ids() {
    _postfix_words "$1 $(postqueue -j 2>/dev/null | sed -n 's/.*"queue_id": *"\([^"]*\)".*/\1/p')"
}

_postfix_instances() {
    _postfix_words "$(postmulti -l 2>/dev/null | sed 's/ .*//')"
}

# Table types, then files.
_postfix_tables() {
    local current=${COMP_WORDS[COMP_CWORD]}
    if [[ $current == *:* ]]; then
        COMPREPLY=($(compgen -f -- "${current#*:}"))
    else
        COMPREPLY=($(compgen -S : -W "$(postconf -m 2>/dev/null)" -- "$current") $(compgen -f -- "$current"))
        [[ $(type -t compopt) && $COMP_TYPE ]] && compopt -o nospace
    fi
}

_postfix_postconf() {
    local given=" ${COMP_WORDS[*]:1:COMP_CWORD-1} "
    case $given in
        *' -M'*) _postfix_words "$(postconf -M 2>/dev/null | awk '{print $1 "/" $2}')" ;;
        *' -F'*) _postfix_words "$(postconf -FH 2>/dev/null)" ;;
        *' -P'*) _postfix_words "$(postconf -PH 2>/dev/null)" ;;
        *) _postfix_words "$(postconf -qH 2>/dev/null)" ;;
    esac
}

_postfix_complete() {
    local command=${1##*/} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local options=
    case $command in
        postfix) options='-c -D -v' ;;
        postconf) options='-a -A -b -c -C -d -e -f -F -h -H -j -l -m -M -n -o -O -p -P -q -t -T -v -x -X -#' ;;
        postqueue) options='-c -f -i -j -n -p -s -v' ;;
        postsuper) options='-c -d -e -f -h -H -p -r -s -S -v' ;;
        postcat) options='-b -c -d -e -f -h -n -o -q -r -s -v' ;;
        postmap) options='-b -c -d -f -F -h -i -j -m -n -N -o -p -q -r -s -u -U -v -w' ;;
        postalias) options='-c -d -f -i -j -n -N -o -p -q -r -s -u -v -w' ;;
        postlog) options='-c -i -p -t -v' ;;
        postkick) options='-c -v' ;;
        postlock) options='-c -l -v' ;;
        postmulti) options='-a -e -g -G -i -I -l -p -R -v -x' ;;
        qshape) options='-b -c -l -m -n -N -p -s -t -w' ;;
    esac
    case $command$previous in
        *-c) COMPREPLY=($(compgen -d -- "$current")); return ;;
        postconf-C) _postfix_words 'builtin service user all'; return ;;
        postconf-T) _postfix_words 'compile-version run-version public-key-algorithms'; return ;;
        postlog-p) _postfix_words 'info warn error fatal panic'; return ;;
        postlock-l) _postfix_words "$(postconf -l 2>/dev/null)"; return ;;
        postmulti-e) _postfix_words 'init create import destroy deport enable disable assign'; return ;;
        postmulti-i) _postfix_instances; return ;;
        postqueue-i) _postfix_queue_ids; return ;;
        postsuper-[defhHr]) _postfix_queue_ids ALL; return ;;
        postcat-q) _postfix_queue_ids; return ;;
        postfixtls)
            _postfix_words 'enable-client enable-server new-server-key new-server-cert deploy-server-cert
                            output-server-csr output-server-tlsa all-default-client all-default-server'
            return ;;
        postfixpost-install)
            _postfix_words 'set-permissions upgrade-permissions create-missing upgrade-configuration
                            upgrade-source upgrade-package first-install-reminder'
            return ;;
        postfixnon-bdb) _postfix_words 'status disable enable-redirect enable-reindex'; return ;;
        postkickpublic | postkickprivate)
            _postfix_words "$(postconf -M 2>/dev/null | awk '$2 != "inet" {print $1}')"; return ;;
    esac
    if [[ $current == -* ]]; then
        case " ${COMP_WORDS[*]:1:COMP_CWORD-1} " in
            *' check '*) options='--strict --json' ;;
            *' explain '*) options='--json --from --client --helo --service' ;;
        esac
        _postfix_words "$options"
        return
    fi
    case $command in
        postfix)
            _postfix_words 'start start-fg stop quick-start quick-stop drain abort flush reload status check explain trace
                            set-permissions create-missing upgrade-configuration logrotate tls non-bdb
                            post-install' ;;
        postconf) _postfix_postconf ;;
        postkick) _postfix_words 'public private' ;;
        postmap | postalias) _postfix_tables ;;
        postsuper | qshape) _postfix_words 'maildrop incoming active deferred hold' ;;
        *) COMPREPLY=($(compgen -f -- "$current")) ;;
    esac
}

complete -F _postfix_complete postfix postconf postqueue postsuper postcat postmap postalias postlog postkick \
    postlock postmulti qshape
