"""Table types that are loaded from files: what dynamicmaps.cf and dynamicmaps.cf.d may say, and who may say it."""
import os

from harness import Group


class DynamicTypes(Group):
    area = "tables"
    daemon = False
    sink = False
    main = "meta_directory = @ETC@/meta\n"

    def ask(self, text, kind="foo", argv=None, mode=0o644, owner=0, more=()):
        folder = os.path.join(self.inst.etc, "meta", "dynamicmaps.cf.d")
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        path = self.inst.write("meta/dynamicmaps.cf", self.inst.sub(text), mode)
        os.chown(path, owner, 0)
        for name, content, its_owner in more:
            os.chown(self.inst.write("meta/dynamicmaps.cf.d/" + name, content), its_owner, 0)
        return self.inst.run(*(argv or ("postmap", "-q", "k", kind + ":x")))

    def types(self, *args, **kw):
        r = self.ask(*args, argv=("postconf", "-m"), **kw)
        return r, r.out.split()

    def test_missing_library(self):
        r = self.ask("foo /none/x.so dict_foo_x\n")
        self.eq((r.rc, r.out), (1, ""), "answer (%s)" % r)
        self.match(r"fatal: unsupported dictionary type: foo", r.err)
        self.match(r"/none/x\.so.*No such file", r.err)

    def test_relative_library(self):
        self.match(r"\w/rel/x\.so.*No such file", self.ask("foo rel/x.so f\n").err)

    def test_unknown_type(self):
        self.match(r"fatal: unsupported dictionary type: bar$", self.ask("foo /none/x.so f\n", "bar").err)

    def test_built_in_types_stay(self):
        self.eq(self.ask("static /none/a.so a\n", "static").out, "x\n", "value")

    def test_listed(self):
        r, types = self.types("foo /none/a.so a\nbar /none/b.so b m\n", more=[("x.cf", "baz /none/c.so c\n", 0), ("x.off", "no /none/d.so d\n", 0)])
        self.eq([t for t in types if t in ("foo", "bar", "baz", "no")], ["bar", "baz", "foo", "no"], "types")

    def test_first_entry_counts(self):
        r = self.ask("foo /none/a.so a\nfoo /none/b.so b\n")
        self.match(r'warning: .*/dynamicmaps\.cf: ignoring duplicate entry for "foo"', r.err)
        self.match(r"/none/a\.so", r.err)
        self.nomatch(r"/none/b\.so", r.err)

    def test_duplicate_in_folder(self):
        r = self.ask("foo /none/a.so a\n", more=[("x.cf", "foo /none/b.so b\n", 0)])
        self.match(r'warning: .*/dynamicmaps\.cf\.d/x\.cf: ignoring duplicate entry for "foo"', r.err)

    def test_writable_file(self):
        for mode in (0o666, 0o664):
            r = self.ask("foo /none/x.so x\n", mode=mode)
            self.match(r"warning: .*/dynamicmaps\.cf: file is owned or writable by non-root users -- skipping this file", r.err)
            self.match(r"fatal: unsupported dictionary type: foo$", r.err)

    def test_file_of_another(self):
        r, types = self.types("foo /none/a.so a\n", owner=1000)
        self.match(r"dynamicmaps\.cf: file is owned or writable by non-root users -- skipping this file", r.err)
        self.ok("foo" not in types, "no foo")

    def test_folder_file_of_another(self):
        r, types = self.types("foo /none/a.so a\n", more=[("x.cf", "bar /none/b.so b\n", 1000)])
        self.match(r"dynamicmaps\.cf\.d/x\.cf: file is owned or writable by non-root users -- skipping this file", r.err)
        self.ok("foo" in types and "bar" not in types, "foo and no bar", types)

    def test_library_of_another(self):
        for mode, owner in ((0o666, 0), (0o664, 0), (0o644, 1000)):
            path = self.inst.write("lib.so", "no library", mode)
            os.chown(path, owner, 0)
            r = self.ask("foo @ETC@/lib.so f\n")
            self.match(r"unsupported dictionary type: foo.*/lib\.so: file is owned or writable by non-root users", r.err)
