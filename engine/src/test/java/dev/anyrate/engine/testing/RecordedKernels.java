package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// A backend under observation: its storages are guarded, and every kernel that is called is noted.
///
/// A kernel with enum or boolean arguments counts once for each combination of their values: `ElementwiseKernels.unary(GELU)`,
/// `MatmulKernels.matmul(true, false)`. After each call the guard zones of its operands are checked, so a fault bears the kernel's name.
public final class RecordedKernels {
  private final GuardedMemory memory;
  private final SortedSet<String> called = new TreeSet<>();
  private final Kernels kernels;

  /// @param backend that does the work
  public RecordedKernels(Kernels backend) {
    memory = new GuardedMemory(backend);
    Map<Method, Object> families = new HashMap<>();
    for (Method family : families()) families.put(family, recorded(family.getReturnType(), invoke(family, backend)));
    kernels = proxy(Kernels.class, (_, method, arguments) -> {
      if (families.containsKey(method)) return families.get(method);
      return method.getName().equals("memory") ? memory : invoke(method, backend, arguments);
    });
  }

  /// The backend, to be used in place of the given one.
  public Kernels kernels() {
    return kernels;
  }

  /// Names of the kernels that were called.
  public SortedSet<String> called() {
    return called;
  }

  /// Names of all kernels that a backend has.
  public static SortedSet<String> all() {
    SortedSet<String> names = new TreeSet<>();
    for (Method family : families()) {
      for (Method kernel : family.getReturnType().getMethods()) addNames(kernel, List.of(), names);
    }
    return names;
  }

  /// The methods of [Kernels] that return a family: every interface of the kernels' package.
  private static List<Method> families() {
    List<Method> families = new ArrayList<>();
    for (Method method : Kernels.class.getMethods()) {
      Class<?> type = method.getReturnType();
      if (type.isInterface() && type.getPackage().equals(Kernels.class.getPackage())) families.add(method);
    }
    return families;
  }

  private Object recorded(Class<?> family, Object implementation) {
    return proxy(family, (_, method, arguments) -> {
      String name = name(method, choicesIn(arguments));
      Object result = invoke(method, implementation, arguments);
      called.add(name);
      for (Object argument : arguments) {
        if (argument instanceof Storage storage) memory.check(name, storage);
      }
      return result;
    });
  }

  private static List<Object> choicesIn(Object[] arguments) {
    List<Object> choices = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Enum<?> || argument instanceof Boolean) choices.add(argument);
    }
    return choices;
  }

  private static void addNames(Method kernel, List<Object> chosen, SortedSet<String> names) {
    List<Class<?>> choices = new ArrayList<>();
    for (Class<?> type : kernel.getParameterTypes()) {
      if (type.isEnum() || type == boolean.class) choices.add(type);
    }
    if (chosen.size() == choices.size()) {
      names.add(name(kernel, chosen));
      return;
    }
    Class<?> next = choices.get(chosen.size());
    for (Object value : next.isEnum() ? next.getEnumConstants() : new Object[] {false, true}) {
      List<Object> longer = new ArrayList<>(chosen);
      longer.add(value);
      addNames(kernel, longer, names);
    }
  }

  private static String name(Method kernel, List<Object> choices) {
    String name = kernel.getDeclaringClass().getSimpleName() + "." + kernel.getName();
    return choices.isEmpty() ? name : name + choices;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      if (e.getCause() instanceof Error cause) throw cause;
      throw new AssertionError(method + " threw a checked exception", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(method + " is not accessible", e);
    }
  }
}
