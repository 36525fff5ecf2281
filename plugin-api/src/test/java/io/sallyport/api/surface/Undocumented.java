package io.sallyport.api.surface;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds public declarations without a comment. Javadoc's own check for missing ones is not used, since it also wants a tag
 * for every parameter, result and exception, which would repeat the sentence above it.
 */
final class Undocumented extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final DocTrees trees;
    private final Deque<ClassTree> within = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();

    private Undocumented(DocTrees trees) {
        this.trees = trees;
    }

    /** The qualified simple names of what has no comment, in the order of the sources. */
    static List<String> in(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            Undocumented scanner = new Undocumented(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scan(unit, null);
            }
            return scanner.found;
        }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        if (shown(type.getModifiers())) {
            check(type.getSimpleName().toString());
            within.addLast(type);
            super.visitClass(type, null);
            within.removeLast();
        }
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        boolean inherits = method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        if (shown(method.getModifiers()) && !inherits) {
            check(method.getName().toString());
        }
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
        if (isComponent(field)) {
            checkComponent(field.getName().toString());
        } else if (shown(field.getModifiers())) {
            check(field.getName().toString());
        }
        return null;
    }

    private boolean isComponent(VariableTree field) {
        ClassTree type = within.getLast();
        return type.getKind() == Tree.Kind.RECORD
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private boolean shown(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        boolean inInterface = !within.isEmpty()
                && Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE)
                        .contains(within.getLast().getKind())
                && !flags.contains(Modifier.PRIVATE);
        return inInterface || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private void check(String name) {
        String comment = trees.getDocComment(getCurrentPath());
        if (comment == null || comment.isBlank()) {
            add(name);
        }
    }

    /** A component is documented by a tag in the comment of its record. */
    private void checkComponent(String name) {
        String comment = trees.getDocComment(getCurrentPath().getParentPath());
        if (comment == null || !comment.contains("@param " + name + " ")) {
            add(name);
        }
    }

    private void add(String name) {
        List<String> path = new ArrayList<>();
        within.forEach(type -> path.add(type.getSimpleName().toString()));
        path.add(name);
        found.add(String.join(".", path));
    }
}
